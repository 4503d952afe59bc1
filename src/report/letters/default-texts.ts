import type { LetterText } from './wording.js';

/** Our own wording, by language. `{address}` stands only in letters of customers who have named one. */
export const DEFAULT_TEXTS: Readonly<Record<string, (hasAddress: boolean) => LetterText>> = {
  en: (hasAddress) => ({
    title: 'Your account at {customer}',
    text: [
      'Dear {name},',
      '{customer} shares its news with you through Speakap, on your phone or your computer. Your account is ready. You log in with:',
      'User name: {userName}\nTemporary password: {password}',
      `Open the Speakap app${hasAddress ? ', or {address} in your browser' : ''}. At your first login you choose a password of your own; this one is of no use after that.`,
      'Keep this letter to yourself until then, and destroy it afterwards. If you cannot log in, or if somebody else has read this letter, ask your HR department.',
    ].join('\n\n'),
  }),
  nl: (hasAddress) => ({
    title: 'Je account bij {customer}',
    text: [
      'Beste {name},',
      '{customer} deelt nieuws met je via Speakap, op je telefoon of computer. Je account staat klaar. Je logt in met:',
      'Gebruikersnaam: {userName}\nTijdelijk wachtwoord: {password}',
      `Open de Speakap-app${hasAddress ? ', of {address} in je browser' : ''}. Bij de eerste keer inloggen kies je een eigen wachtwoord; daarna heb je aan dit wachtwoord niets meer.`,
      'Houd deze brief tot die tijd voor jezelf en vernietig hem daarna. Lukt het inloggen niet, of heeft iemand anders deze brief gelezen? Vraag het dan je afdeling HR.',
    ].join('\n\n'),
  }),
  de: (hasAddress) => ({
    title: 'Ihr Konto bei {customer}',
    text: [
      'Guten Tag {name},',
      '{customer} teilt Neuigkeiten mit Ihnen über Speakap, auf dem Telefon oder am Computer. Ihr Konto ist bereit. Sie melden sich an mit:',
      'Benutzername: {userName}\nVorläufiges Passwort: {password}',
      `Öffnen Sie die Speakap-App${hasAddress ? ' oder {address} im Browser' : ''}. Bei der ersten Anmeldung wählen Sie ein eigenes Passwort; dieses ist danach ungültig.`,
      'Behalten Sie diesen Brief bis dahin für sich und vernichten Sie ihn anschließend. Wenn die Anmeldung nicht gelingt oder jemand anderes diesen Brief gelesen hat, wenden Sie sich an Ihre Personalabteilung.',
    ].join('\n\n'),
  }),
  fr: (hasAddress) => ({
    title: 'Votre compte chez {customer}',
    text: [
      'Bonjour {name},',
      '{customer} partage ses actualités avec vous par Speakap, sur votre téléphone ou votre ordinateur. Votre compte est prêt. Vous vous connectez avec :',
      "Nom d'utilisateur : {userName}\nMot de passe temporaire : {password}",
      `Ouvrez l'application Speakap${hasAddress ? ', ou {address} dans votre navigateur' : ''}. À la première connexion, vous choisissez votre propre mot de passe ; celui-ci ne sert plus ensuite.`,
      "Gardez cette lettre pour vous jusque-là, et détruisez-la ensuite. Si vous n'arrivez pas à vous connecter, ou si quelqu'un d'autre a lu cette lettre, adressez-vous aux ressources humaines.",
    ].join('\n\n'),
  }),
};
