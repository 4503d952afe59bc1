import type { Words } from './words.js';

const GIVEN =
  'Adalbert Adelheid Albrecht Alma Almut Amalie Annegret Ansgar Antje Arnold Astrid August Bärbel Barthel Beate Benno Bernd ' +
  'Berthold Birgit Brigitte Bruno Burkhard Carsten Christel Clemens Cordula Detlef Diethelm Dietlind Dorothea Eberhard Edeltraud ' +
  'Egon Ekkehard Elfriede Elke Emil Erdmute Erhard Erika Ernst Ewald Falk Felicitas Ferdinand Frauke Friedhelm Frieda Gebhard ' +
  'Gerda Gerlinde Gernot Gertrud Gisela Gottfried Gudrun Günther Gunda Hagen Hannes Hartmut Hedda Heidrun Heike Heiner Helga ' +
  'Helmut Henrike Herbert Hermine Hilde Hinrich Holger Horst Hubert Ilse Imke Inga Ingolf Irmgard Isolde Jochen Jörg Jutta Käthe ' +
  'Karsten Katrin Klaus Konrad Korbinian Kunigunde Kurt Lambert Leopold Lieselotte Linde Lothar Lore Ludger Luitgard Magda Manfred ' +
  'Margarete Marlies Mathilde Meinhard Mechthild Merle Norbert Notburga Oda Olga Ortrun Oswald Ottilie Paula Petra Philipp Radegund ' +
  'Raimund Reinhild Renate Roland Roswitha Ruprecht Sabine Sebald Sieglinde Siegmar Sigrun Silke Solveig Svenja Tassilo Thekla ' +
  'Thilo Traute Udo Ulrike Ursula Uwe Veit Verena Volker Walburga Waltraud Wenzel Werner Wiebke Wilfried Wilma Winfried Wolfram';

export const DE: Words = {
  given: GIVEN.split(' '),
  beginnings: (
    'Ahorn Apfel Bernstein Birken Blau Bronze Dachs Distel Donner Eiben Eisen Erlen Fichten Flachs Frost Gersten Glanz Gold Hafer ' +
    'Hasel Herbst Holunder Honig Igel Kalk Kiesel Klee Kranich Kupfer Lerchen Linden Mandel Mohn Mond Morgen Nebel Nuss Perlen ' +
    'Pfeffer Quitten Regen Reif Rosen Rubin Safran Salz Schatten Schiefer Silber Sommer Specht Stern Sturm Tannen Ton Ulmen ' +
    'Wachs Weiden Weizen Winter Wolken Zedern Ziegel Zimt Zinn'
  ).split(' '),
  ends: (
    'acker aue bach balken becke berger bogen bruch bühl dorfer eck fels feld fänger furt garten graben grund hagen halde ' +
    'hang hauser heide hofer horst kamp kehr klinge kuppe lauer leite linger macher mann moos mühl pfad pforte quell rain ' +
    'reuter ring ruhe schläger see senke stein steiger stett taler tor träger wald wanger weg weiler wender werth wiese winkel zacher'
  ).split(' '),
  infixes: ['von', 'van', 'zu', 'vom', 'von der', 'von dem', 'zum', 'zur', 'von und zu'],
};
