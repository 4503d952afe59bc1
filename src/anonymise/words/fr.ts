import type { Words } from './words.js';

export const FR: Words = {
  givenBeginnings: (
    'Adé Alba Améli Arma Auré Bari Bella Béré Cala Céli Colo Cora Damé Dori Élo Éve Fabri Flavé Gali Garé ' +
    'Héli Hono Idali Isa Jaci Joli Lauré Léo Lori Maré Mélo Nadi Nico Odé Olivé Orla Périn Qué Rémi Rosa ' +
    'Sali Séra Sylvé Théo Valo Véli Viva Yolé Zéli'
  ).split(' '),
  givenEnds: (
    'bert bine celle cien dine dor doux fleur gard line lise lotte mance mar mond mée nard nette nin phine ' +
    'queline rande rice rine ronde sand sime tien ville vine vonne'
  ).split(' '),
  familyBeginnings: (
    'Amande Ambre Argent Aube Avoine Basalte Blanche Blé Brise Bronze Brume Calcaire Cannelle Cèdre Cerise Charme Cuivre Cygne ' +
    'Écume Émeraude Épice Érable Étain Étoile Fenouil Figue Givre Grive Hêtre Héron Ivoire Jasmin Laurier Lavande Lièvre Lin ' +
    'Lune Mauve Merle Miel Mousse Myrte Nacre Neige Noisette Ocre Olive Orge Orme Perle Pluie Poivre Prune Quartz Rosée Rubis ' +
    'Sable Safran Saule Seigle Sureau Tilleul Verveine'
  ).split(' '),
  familyEnds: (
    'bois bourg branche buisson champ clos combe côte croix font forge fosse garde gué halle haie lande lierre logis marche mare ' +
    'ment mont moulin nault neuil pierre plaine pont porte pré puits rive roche ronde rue sault sente serre source tier toit ' +
    'tour val vallon vaux verger ville vigne voie'
  ).split(' '),
  infixes: ['de', 'du', 'de la', 'des', 'le', 'la', "d'", 'de l’'],
};
