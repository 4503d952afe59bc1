import type { Words } from './words.js';

export const DE: Words = {
  givenBeginnings: (
    'Adel Alme Barte Berne Brune Dalme Dietel Eber Elme Engel Falke Fride Gande Gisel Halme Hilde Ilme ' +
    'Ingel Jalde Jörne Karle Kunde Lande Linde Malde Marle Nande Norde Oden Orte Ralde Reine Salme Sieben ' +
    'Talde Thede Ulde Ute Velde Volke Walme Wende Wibe Zelde'
  ).split(' '),
  givenEnds: (
    'bald berta bolde brand dina fried gard gunde hart heid hilde lieb linde lore mar mina mund rad rike ' +
    'rose ruth sina trud wald wiga wina wulf'
  ).split(' '),
  familyBeginnings: (
    'Ahorn Apfel Bernstein Birken Blau Bronze Dachs Distel Donner Eiben Eisen Erlen Fichten Flachs Frost Gersten Glanz Gold Hafer ' +
    'Hasel Herbst Holunder Honig Igel Kalk Kiesel Klee Kranich Kupfer Lerchen Linden Mandel Mohn Mond Morgen Nebel Nuss Perlen ' +
    'Pfeffer Quitten Regen Reif Rosen Rubin Safran Salz Schatten Schiefer Silber Sommer Specht Stern Sturm Tannen Ton Ulmen ' +
    'Wachs Weiden Weizen Winter Wolken Zedern Ziegel Zimt Zinn'
  ).split(' '),
  familyEnds: (
    'acker aue bach balken becke berger bogen bruch bühl dorfer eck fels feld fänger furt garten graben grund hagen halde ' +
    'hang hauser heide hofer horst kamp kehr klinge kuppe lauer leite linger macher mann moos mühl pfad pforte quell rain ' +
    'reuter ring ruhe schläger see senke stein steiger stett taler tor träger wald wanger weg weiler wender werth wiese winkel zacher'
  ).split(' '),
  infixes: ['von', 'van', 'zu', 'vom', 'von der', 'von dem', 'zum', 'zur', 'von und zu'],
};
