import type { Words } from './words.js';

export const EN: Words = {
  givenBeginnings: (
    'Aber Ailo Amber Ansel Aver Bari Bello Bren Cale Cari Cora Dali Del Doro Ela Ember Evan Fara Feli Gala ' +
    'Gwen Hale Hari Ila Iver Jala Jori Kel Kira Lani Lori Mari Mela Nari Nola Ola Orla Peri Quin Rola Rosa ' +
    'Sali Selo Tali Thea Una Vela Vero Wila Wyn Yara Zeli'
  ).split(' '),
  givenEnds: (
    'beth bine by dale dell dra fred gard gil grace leigh lin lina lock lyn man mere mina mond more nell ' +
    'neth nora rick rose ryn sey ston tha ton vin wen win wyn'
  ).split(' '),
  familyBeginnings: (
    'Alder Amber Apple Ashen Barley Beech Birch Bramble Brass Briar Bronze Candle Cedar Cinder Clover Cobble Copper Coral Cotton ' +
    'Dapple Dew Ember Fallow Feather Fennel Flint Frost Ginger Glimmer Gold Gorse Harvest Hazel Heather Honey Indigo Ivory Juniper ' +
    'Kestrel Lantern Lark Linden Loom Marble Meadow Mellow Mistle Moon Nettle Oaken Otter Pearl Pebble Pepper Plover Quill Rowan ' +
    'Russet Saffron Silver Sparrow Starling Summer Thistle Timber Velvet Walnut Willow Winter'
  ).split(' '),
  familyEnds: (
    'acre banks barrow beck bourne brook burrow by cliffe combe cote croft dale den dyke edge fall fell field ford garth gate ' +
    'glade grange grove haven heath hithe holme hurst keeper lea ling lock maker march mere minster moor mount path pool reach ' +
    'ridge row sedge shaw side stead stow street thorpe thwaite vale wainer walk ward water way well wick wright yard'
  ).split(' '),
  infixes: ['de', 'von', 'van', "O'", 'St', 'fitz'],
};
