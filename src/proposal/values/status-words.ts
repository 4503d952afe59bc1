import { fold } from '../names/fold.js';

/** What a status says about somebody's employment. `away`: employed, and not at work; whether such a person keeps the account is a question. */
export type StatusMeaning = 'active' | 'inactive' | 'away' | 'yes' | 'no';

const LISTED: Readonly<Record<StatusMeaning, string>> = {
  active:
    'active|actief|aktiv|actif|activa|activo|attivo|attiva|ativo|aktief|aktivt|a|act|akt|in dienst|indienst|in service|employed|werkzaam|beschäftigt|' +
    'en poste|en service|en activité|present|présent|presente|enabled|current|hired|permanent active|alta|in forza|ansat|ansatt|anställd|im dienst|angestellt',
  inactive:
    'inactive|inactief|inaktiv|inactif|inactivo|inactiva|inattivo|inativo|i|inact|uit dienst|uitdienst|terminated|t|term|left|leaver|former|ex|retired|gepensioneerd|pensioniert|' +
    'ausgetreten|ausgeschieden|sorti|sortie|parti|disabled|resigned|dismissed|deceased|overleden|verstorben|withdrawn|baja|cessato|blocked|closed|gekündigt|ontslagen|deleted|' +
    'ended|ehemalig|fratrådt|sluttet|slutat|departed|offboarded|radié',
  away:
    'leave|on leave|paid leave|unpaid leave|l|p|loa|leave of absence|suspended|s|verlof|met verlof|ziek|sick|sick leave|im urlaub|urlaub|elternzeit|parental leave|maternity leave|zwangerschapsverlof|' +
    'ruhend|freigestellt|beurlaubt|congé|en congé|congé maternité|congé parental|suspendu|dormant|onboarding|pending|preboarding|pre-hire|prehire|probation|furlough|garden leave|permissie|barsel|excedencia',
  yes: 'yes|y|ja|j|true|1|oui|o|sí|si|sì|wahr|waar|vrai|verdadero|x|on|aan',
  no: 'no|n|nee|nein|false|0|non|falsch|onwaar|faux|falso|nej|nei|off|uit',
};

const MEANINGS: ReadonlyMap<string, StatusMeaning> = new Map(
  Object.entries(LISTED).flatMap(([meaning, words]) =>
    words.split('|').map((word) => [fold(word), meaning as StatusMeaning] as const),
  ),
);

/** What a value of a status column means; null for a word of the customer's own. */
export function statusMeaning(value: string): StatusMeaning | null {
  return MEANINGS.get(fold(value.trim()).replace(/[\s_-]+/g, ' ')) ?? MEANINGS.get(fold(value.trim())) ?? null;
}
