import { fold } from '../names/fold.js';

/**
 * Common given names of Europe and beyond. They tell a column of people from one of places or jobs; nobody needs to be in
 * the list, since a column is judged by the share of its cells that are.
 */
const LISTED = `
adam adrian agnes ahmed aisha alan albert alberto alejandro alessandro alex alexander alexandra alexandre alexis ali alice alicia alina
alison amanda amber amelia amelie amina amir amy ana anais anders andre andrea andreas andrew angela angelique anita anja anke anna annabel anne
anneke annelies annemarie annette annie anouk anthony anton antoine antonio arjan arjen arne arthur astrid audrey august aurelie axel aylin aziz
barbara bart bas bastian beatrice beatriz ben benedikt benjamin benoit bernadette bernard bernd bert bertrand bianca birgit bjorn bo bob
boris bram brandon brenda brent brian brigitte britta bruno bryan camila camille carina carl carla carlos carmen carol carolina caroline
carsten catherine cecile cecilia cedric celine chantal charles charlotte chiara chloe chris christa christel christian christiane christina christine
christoph christophe christopher claire clara claudia claus clement coen colin connor corinna corinne cornelia cornelis corrie cristina cynthia daan
damien dan daniel daniela danielle danny dario dave david davide debbie deborah dennis derek diana diane diego dieter dimitri dirk dominik dominique
donna doris dorothea douglas dylan edith edouard eduard edward edwin eileen elena eleonora eline elisa elisabeth elise elizabeth elke ella ellen elly els elsa
elvira emil emile emilie emily emir emma emmanuel eric erica erik erika ernst erwin esmee esther ethan eugene eva evelien evelyn evi ewa fabian
fabien fabienne fabio fatima fatma federico felix femke ferdinand fernando filip finn fiona fleur floor florence florian francesca francesco francis
francisco franck francois frank franz fred frederic frederik frederique frida friedrich gabriel gabriela gabriele gareth geert geoffrey georg george
georges gerard gerda gerhard gerrit gert gertrud gianluca giorgio giovanni giulia giulio giuseppe gloria gordon grace graham greta gudrun guillaume guido gunnar gunther gustav
guy hannah hanna hanne hannes hans harald harriet harry hassan heather hedwig heidi heike heinrich heinz helen helena helene helga helmut hendrik henk
henri henrik henry herbert herman hermann holger hubert hugo ian ibrahim ignacio igor ilona ilse imane ine ines inga inge ingeborg ingo ingrid irene iris
irina isa isaac isabel isabella isabelle ivan ivo jaap jack jackie jacob jacqueline jacques jaime jake jakob james jamie jan jana jane janet janine janneke
jannes jasmijn jasmin jason jasper javier jay jean jeanette jeannette jeff jeffrey jelle jennifer jenny jens jeremy jeroen jerome jessica jesus jill jim jo joan joanna
joao job jochen joe joel joep johan johanna johannes john johnny jolanda jonas jonathan joost joren joris jorg jorge jos jose josef joseph josephine joshua joyce juan judith
jules julia julian juliana julie julien juliette julius jurgen jurre justin justine kai karel karen karim karin karina karl karolina karsten kasper
kate katharina kathleen kathrin kathy katja katrin kay kees keith kelly ken kenneth kerstin kevin khalid kim kimberly kirsten klaas klaus koen kristian
kristin kristina kurt kyle lara lars laszlo laura laure laurence laurens laurent lea leah lena lennart leo leon leonard leonie leonardo liam lieke lies
liesbeth lieve lina linda lisa lise lodewijk loes lorenzo lotte louis louisa louise luc luca lucas lucia lucie lucy ludovic ludwig luigi luis luisa luise lukas luke luna lutz
lydia lynn maarten madeleine magdalena magnus mahmoud maik manfred manon manuel manuela marc marcel marcella marco marcos marcus mareike margaret margaretha
margot margreet maria mariam marian mariana marie marieke marije marijke marina mario marion marit marius marja marjan marjolein mark marko markus marlene
marlies marloes marta martha martijn martin martina martine mary maryam mateo mathias mathieu mathilde mats matt matteo matthew matthias matthieu maud maureen maurice mauro max maxim
maxime maximilian maya megan mehdi mehmet melanie melissa mia michael michaela michel michele michelle miguel mihai mike milan milou mila mimi miriam mirjam mohamed mohammed molly
monica monika monique moritz morten muhammad mustafa myriam nadia nadine nancy naomi natalia natalie natasja nathalie nathan nelly nick nicola nicolas nicole niek
niels nienke niklas nikola nils nina noah noemi nora norbert nuria odile olaf ole olga oliver olivia olivier omar oscar oskar otto pablo pamela paola paolo
pascal pascale patricia patrick patrik paul paula pauline pavel pedro peggy per peter petra philip philipp philippe pia pien pierre piet pieter pietro pim priya
quentin quinten rachel rachid rafael rainer ralf ralph ramon raphael raquel raymond rebecca regina reinhard reinier remco remi remy rene renate ria ricardo riccardo richard rick
rik rita rob robert roberta roberto robin rocio rodrigo roel roger roland rolf romain roman ronald ronny rosa rosalie rose roy ruben rudi rudolf rudy ruth ryan saar sabine sabrina sally salma
salvatore sam samantha samir samira samuel sander sandra sandrine sanne sara sarah sascha saskia scott sean sebastian sebastien selma serge sergio severine sharon shirley sietske
sigrid silke silvia simon simona simone sina sjoerd sofia sofie solange sonia sonja sophia sophie stan stefan stefania stefanie steffen stella stephan stephane stephanie stephen steve steven stijn
sue susan susana susanne suzanne sven svenja sybille sylvia sylvie tamara tania tanja tara tatiana ted teresa terry tess theo therese thierry thijs thomas thorsten tiago tijn
tilo tim timo tina tobias todd tom tomas tommy toni tonny torsten tracy trudy tristan truus ulf ulrich ulrike ursula ute uwe valentin valentina valerie vanessa vera veronica veronika veronique
victor victoria viktor vincent vincenzo viola virginie walter waltraud wanda wendy werner wesley wiebke wil wilfried wilhelm willem william willy wim wolfgang wouter xander
xavier yannick yara yasin yasmin yasmine youssef yusuf yvan yves yvette yvonne zeynep zoe zoltan
`;

const GIVEN_NAMES: ReadonlySet<string> = new Set(fold(LISTED).split(/\s+/).filter(Boolean));

/** Whether a word is a common given name; of `Jean-Pierre` and `Anna Maria` the first part is asked. */
export function isGivenName(text: string): boolean {
  return GIVEN_NAMES.has(fold(text.trim()).split(/[\s-]/, 1)[0] ?? '');
}
