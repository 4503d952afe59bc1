import type { Words } from './words.js';

const GIVEN =
  'Aafke Aart Abel Adinda Aleida Alwin Amarens Anke Anneloes Annemiek Arend Arwen Auke Baukje Berend Bertus Boudewijn Brechtje ' +
  'Carlijn Christiaan Claartje Coba Cornelis Daniek Diederik Dirkje Doortje Douwe Eelco Eline Elsbeth Emiel Engel Evert Femke ' +
  'Fenna Flip Floortje Folkert Frederiek Freek Friso Geertje Gerben Gijs Gitte Govert Griet Guus Hannelore Harmen Hedwig Heleen ' +
  'Hessel Hidde Hiltje Ids Ilja Imke Ineke Jaap Jacomijn Janneke Jelle Jesse Jikke Jildou Jobien Jorinde Jorrit Joost Jurriaan ' +
  'Karlijn Kees Kirsten Klaas Klaske Lammert Leendert Lieke Lies Liselot Lobke Loes Luuk Maaike Machteld Madelief Mannes Marijn ' +
  'Marit Meike Meindert Melle Menno Merel Mirthe Nanne Neeltje Nienke Noortje Okke Olaf Pepijn Petronel Pien Pleun Quirijn Reinier ' +
  'Renske Rianne Rinske Roelof Roos Rutger Sanne Saskia Siebe Sietske Sjoerd Steven Stijn Suzan Sybren Tamar Teun Tessel Thijs ' +
  'Tibbe Tineke Tjalling Tjitske Trijntje Ubbo Veerle Vincent Wiebe Wietske Wim Wouter Wytske Yde Yfke Ymke Zeger Zwaantje';

export const NL: Words = {
  given: GIVEN.split(' '),
  beginnings: (
    'Amber Appel Berken Bever Blauw Boter Brons Dauw Distel Donder Egel Elzen Fluiter Ganzen Gerst Glans Goud Haver Hazel Herfst ' +
    'Honing IJzer Jasmijn Kalk Kaneel Kei Kiezel Klaver Koper Krekel Kruid Lente Linden Lijster Maan Merel Mist Molen Mosterd ' +
    'Nevel Noten Oever Parel Peper Rijp Ritsel Robijn Rozen Saffraan Schelp Schemer Sneeuw Spreeuwen Ster Tarwe Tinnen Vlas ' +
    'Vuur Wafel Walnoot Wilgen Winter Wolken Zalm Zand Zilver Zomer Zwaluwen'
  ).split(' '),
  ends: (
    'akker baken bank beemd boog bries burg dal deel dijker drager duin erf gaarde gors griend haag ham hek heuvel hoeve ' +
    'kade kamp kant kist kring laan ling linger meer molenaar mond oord pad plas poort rand schuur singel sloot spoor steen ' +
    'stroom tak top veen veldt vliet voorde waard wachter wal weide wende wijk wold zoom'
  ).split(' '),
  infixes: ['van', 'de', 'van de', 'van der', 'van den', 'den', 'ter', 'ten', 'van het', "'t", 'op de', 'in de'],
};
