import type { Words } from './words.js';

const GIVEN =
  'Abner Ada Agatha Alden Alma Ambrose Amos Ansel Arabella Archer Asa Astrid Aubrey Augusta Barnaby Beatrix Bernice Birdie Blythe ' +
  'Bram Bronwyn Calvin Cecily Cedric Celia Clarence Clementine Clifford Clover Cora Cornelia Cosmo Cressida Cyril Dahlia Delia ' +
  'Desmond Dexter Dora Dorian Earl Edith Edmund Eldon Eleanor Elmer Eloise Elspeth Enid Ernest Esme Esther Ezra Felix Fern Fergus ' +
  'Flora Floyd Foster Frances Freya Garrett Gideon Gilbert Gladys Greta Griffin Gwendolyn Harriet Hattie Hazel Hector Herbert ' +
  'Hester Hilda Homer Horace Hugo Ida Ignatius Imogen Ines Ira Iris Ivor Jasper Jemima Jethro Josephine Judith Juniper Kit Lavinia ' +
  'Leander Lemuel Leopold Lettie Linus Lionel Lorna Lottie Lucius Mabel Magnus Marcella Marigold Marjorie Maude Mavis Mercy Merritt ' +
  'Mildred Milo Minerva Montague Muriel Myra Myrtle Nell Nestor Nora Octavia Odell Olive Opal Orson Oswin Otis Ottilie Percy Pearl ' +
  'Perpetua Philippa Phineas Prudence Quincy Ramona Reuben Roderick Rosalind Rowena Rufus Sabina Selma Sidney Silas Sylvia Tabitha ' +
  'Thaddeus Theodora Thelma Tobias Ursula Vera Vernon Viola Walter Wilfred Wilhelmina Winifred Winston Zelda';

export const EN: Words = {
  given: GIVEN.split(' '),
  beginnings: (
    'Alder Amber Apple Ashen Barley Beech Birch Bramble Brass Briar Bronze Candle Cedar Cinder Clover Cobble Copper Coral Cotton ' +
    'Dapple Dew Ember Fallow Feather Fennel Flint Frost Ginger Glimmer Gold Gorse Harvest Hazel Heather Honey Indigo Ivory Juniper ' +
    'Kestrel Lantern Lark Linden Loom Marble Meadow Mellow Mistle Moon Nettle Oaken Otter Pearl Pebble Pepper Plover Quill Rowan ' +
    'Russet Saffron Silver Sparrow Starling Summer Thistle Timber Velvet Walnut Willow Winter'
  ).split(' '),
  ends: (
    'acre banks barrow beck bourne brook burrow by cliffe combe cote croft dale den dyke edge fall fell field ford garth gate ' +
    'glade grange grove haven heath hithe holme hurst keeper lea ling lock maker march mere minster moor mount path pool reach ' +
    'ridge row sedge shaw side stead stow street thorpe thwaite vale wainer walk ward water way well wick wright yard'
  ).split(' '),
  infixes: ['de', 'von', 'van', "O'", 'St', 'fitz'],
};
