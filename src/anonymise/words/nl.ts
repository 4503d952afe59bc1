import type { Words } from './words.js';

export const NL: Words = {
  givenBeginnings: (
    'Aalde Ave Bralde Breme Celme Corve Darve Dille Elde Elfe Fenne Flore Galde Geme Hilve Hove Ielde ' +
    'Immer Jarve Jolde Kelme Korve Lande Lieve Marve Meinde Nelve Norde Odde Orle Parve Quire Relde Rove ' +
    'Salde Sjoere Talme Tjelde Ulve Velme Warne Wende Wibre Ylde Zelme Zeve'
  ).split(' '),
  givenEnds: (
    'bald bert dien dina gard gje hilde lien lief line lotte mar maart mieke mund nout nette pje ric rik ' +
    'sina stan tine tje vin wien wijn win wout zine'
  ).split(' '),
  familyBeginnings: (
    'Amber Appel Berken Bever Blauw Boter Brons Dauw Distel Donder Egel Elzen Fluiter Ganzen Gerst Glans Goud Haver Hazel Herfst ' +
    'Honing IJzer Jasmijn Kalk Kaneel Kei Kiezel Klaver Koper Krekel Kruid Lente Linden Lijster Maan Merel Mist Molen Mosterd ' +
    'Nevel Noten Oever Parel Peper Rijp Ritsel Robijn Rozen Saffraan Schelp Schemer Sneeuw Spreeuwen Ster Tarwe Tinnen Vlas ' +
    'Vuur Wafel Walnoot Wilgen Winter Wolken Zalm Zand Zilver Zomer Zwaluwen'
  ).split(' '),
  familyEnds: (
    'akker baken bank beemd boog bries burg dal deel dijker drager duin erf gaarde gors griend haag ham hek heuvel hoeve ' +
    'kade kamp kant kist kring laan ling linger meer molenaar mond oord pad plas poort rand schuur singel sloot spoor steen ' +
    'stroom tak top veen veldt vliet voorde waard wachter wal weide wende wijk wold zoom'
  ).split(' '),
  infixes: ['van', 'de', 'van de', 'van der', 'van den', 'den', 'ter', 'ten', 'van het', "'t", 'op de', 'in de'],
};
