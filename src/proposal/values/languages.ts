import { fold } from '../names/fold.js';

const TAGS = new Set('nl en de fr es it pt da sv nb nn no fi pl cs sk hu ro bg el tr ar ru uk et lv lt sl hr sr bs sq mk is ga mt he fa hi ur zh ja ko vi th id ms so ti am ca eu gl cy lb fy af'.split(' ')); // prettier-ignore
const NAMES = new Set(
  fold(
    'nederlands|dutch|niederländisch|néerlandais|engels|english|englisch|anglais|inglés|inglese|duits|german|deutsch|allemand|alemán|tedesco|frans|french|französisch|français|francés|francese|' +
      'spaans|spanish|spanisch|espagnol|español|italiaans|italian|italienisch|italien|italiano|portugees|portuguese|portugiesisch|portugais|português|pools|polish|polnisch|polonais|polski|turks|turkish|türkisch|turc|türkçe|' +
      'arabisch|arabic|arabe|danish|deens|dansk|dänisch|swedish|zweeds|svenska|schwedisch|norwegian|noors|norsk|norwegisch|roemeens|romanian|rumänisch|bulgaars|bulgarian|oekraïens|ukrainian|russisch|russian',
  ).split('|'),
);

/** Whether a cell is a language tag (RFC 5646) that people use, or the name of a language. */
export function isLanguage(cell: string): 'tag' | 'name' | null {
  const tag = /^([a-z]{2})(?:[-_][a-z]{2})?$/i.exec(cell)?.[1];
  if (tag !== undefined && TAGS.has(tag.toLowerCase())) return 'tag';
  return NAMES.has(fold(cell)) ? 'name' : null;
}
