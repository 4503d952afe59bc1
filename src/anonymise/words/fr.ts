import type { Words } from './words.js';

const GIVEN =
  'Adélaïde Adrien Agathe Aimé Alban Albertine Alix Ambroise Amélie Anatole Anselme Apolline Armand Armelle Arsène Aubin Audrey ' +
  'Aurélien Axelle Barnabé Basile Bastien Bérénice Bertrand Blaise Blanche Brice Brigitte Camille Capucine Céleste Célestin Cerise ' +
  'Clarisse Clément Clotilde Colette Constance Corentin Cyprien Damien Delphine Désiré Diane Edmond Églantine Éléonore Élise Éloi ' +
  'Émile Ernestine Estelle Étienne Eugénie Fabrice Fanny Faustin Félicie Fernand Firmin Flavie Florent Francine Gabin Gaspard ' +
  'Gatien Geneviève Ghislain Gilberte Grégoire Guillemette Gustave Hélène Henriette Hilaire Honorine Hortense Hugues Irène Isidore ' +
  'Jacinthe Jérôme Joséphine Jules Justine Laurent Lazare Léonce Léopold Lisette Loïc Lucette Lucien Maël Manon Marceau Margot ' +
  'Marius Mathurin Maxence Mélanie Mireille Modeste Narcisse Nestor Noémie Octave Odette Olympe Ombeline Pascal Paulette Perrine ' +
  'Philémon Prosper Quentin Raoul Régine René Rodolphe Romane Rosalie Rémi Sébastien Séraphine Sidonie Solange Suzette Sylvain ' +
  'Thibault Théodore Tiphaine Toussaint Ursule Valentine Victoire Violette Vivien Xavier Yolande Yves Zacharie Zélie';

export const FR: Words = {
  given: GIVEN.split(' '),
  beginnings: (
    'Amande Ambre Argent Aube Avoine Basalte Blanche Blé Brise Bronze Brume Calcaire Cannelle Cèdre Cerise Charme Cuivre Cygne ' +
    'Écume Émeraude Épice Érable Étain Étoile Fenouil Figue Givre Grive Hêtre Héron Ivoire Jasmin Laurier Lavande Lièvre Lin ' +
    'Lune Mauve Merle Miel Mousse Myrte Nacre Neige Noisette Ocre Olive Orge Orme Perle Pluie Poivre Prune Quartz Rosée Rubis ' +
    'Sable Safran Saule Seigle Sureau Tilleul Verveine'
  ).split(' '),
  ends: (
    'bois bourg branche buisson champ clos combe côte croix font forge fosse garde gué halle haie lande lierre logis marche mare ' +
    'ment mont moulin nault neuil pierre plaine pont porte pré puits rive roche ronde rue sault sente serre source tier toit ' +
    'tour val vallon vaux verger ville vigne voie'
  ).split(' '),
  infixes: ['de', 'du', 'de la', 'des', 'le', 'la', "d'", 'de l’'],
};
