/**
 * What words of a header mean, whatever their language. `OTHER_PERSON` and `OTHER_TIME` say that a column is not about this
 * employee of today; `SENSITIVE` is what no network is ever told.
 */
// prettier-ignore
export type Meaning =
  | 'EMPLOYEE' | 'PERSON' | 'PERSONAL' | 'USER' | 'LOGIN' | 'UPN'
  | 'ID' | 'NUMBER' | 'CODE' | 'DESCRIPTION' | 'EXTERNAL' | 'PAYROLL'
  | 'NAME' | 'FIRST' | 'LAST' | 'MIDDLE' | 'CALLING' | 'LEGAL' | 'FULL' | 'INITIALS' | 'INFIX' | 'PREFIX' | 'SALUTATION' | 'TITLE'
  | 'EMAIL' | 'PHONE' | 'MOBILE' | 'LANDLINE' | 'ADDRESS' | 'CONTACT'
  | 'WORK' | 'PRIVATE' | 'MAIN' | 'SECOND'
  | 'JOB' | 'ROLE' | 'LEVEL' | 'TYPE' | 'LANGUAGE'
  | 'STATUS' | 'ACTIVE' | 'INACTIVE' | 'ABSENCE'
  | 'DATE' | 'START' | 'END' | 'CONTRACT' | 'EMPLOYMENT' | 'BIRTH'
  | 'LOCATION' | 'OFFICE' | 'CITY' | 'REGION' | 'COUNTRY'
  | 'BUSINESS_UNIT' | 'DEPARTMENT' | 'ORG_UNIT' | 'TEAM' | 'DIVISION' | 'COMPANY' | 'COST_CENTRE'
  | 'OTHER_PERSON' | 'OTHER_TIME' | 'SENSITIVE' | 'OTHER' | 'NOISE';

/**
 * Words and glued phrases in English, Dutch, German, French, Spanish, Italian, Portuguese and Scandinavian, each with what
 * it means. A phrase (`costcentre`) is found whether it is written with blanks, dashes, camel case or in one.
 */
// prettier-ignore
export const LISTED_WORDS: readonly (readonly [meanings: readonly Meaning[], words: string])[] = [
  [['EMPLOYEE'], `employee employees emp empl ee worker associate staff colleague teammember crewmember crew
    medewerker medewerkers mdw mdwr werknemer wnr personeel personeels personeelslid mitarbeiter mitarbeiterin mitarb beschäftigter
    beschäftigten arbeitnehmer angestellter salarié collaborateur employé empleado empleados trabajador colaborador
    dipendente dipendenti lavoratore collaboratore ansatt ansat medarbetare anställd anställnings medarbejder funcionário pracownik pracownika työntekijä`],
  [['PERSON'], 'person persons persoon persoons personne persona pessoa people individual pers'],
  // A German's "Personal" are all employees, an Englishman's is his own.
  [['PERSONAL'], 'personal personals personnel perso personale'],
  [['USER'], 'user users gebruiker gebruikers benutzer utilisateur usuario utente bruker användare bruger account konto compte'],
  [['LOGIN'], 'login logon inlog anmelde signin samaccount windows network netwerk identity'],
  [['USER', 'NAME'], 'username gebruikersnaam benutzername benutzerkennung anmeldename inlognaam loginname samaccountname'],
  [['UPN'], 'upn userprincipalname userprincipal principalname azureupn'],
  [['ID'], 'id ids ident identifier identificatie identification kennung key sleutel schlüssel identifiant identificador identificativo identificatore guid uuid'],
  [['NUMBER'], 'number numbers nummer nummern num nr nrs no nbr nmbr numéro nro numeral número'],
  [['EMPLOYEE', 'NUMBER'], `matricule eeid matricola matrikel matrikelnummer stamnummer pernr persnr persnummer personeelsnr personalnr
    personalnummer persononalnummer personnelnumber staffnumber clocknumber emplid empid employeeno legajo ansattnummer medarbejdernummer anställningsnummer henkilönumero numerpracownika stamnr ansattnr`],
  [['CODE'], 'code codes kode kod cd código codice kürzel afkorting abbreviation abbr abk mnemonic'],
  [['DESCRIPTION'], `description descr desc descripción descrição descrizione omschrijving omschr bezeichnung bez beschreibung text txt libellé lib
    label beskrivelse beskrivning benämning intitulé langtext kurztext denominación longname fullnamedescription`],
  [['EXTERNAL'], 'external extern externe externo esterno ext'],
  [['EXTERNAL', 'ID'], 'externalid externid xid'],
  [['PAYROLL'], 'payroll salarisadministratie paie abrechnung lohnabrechnung nómina file adp'],
  [['NAME'], 'name names naam namen nom noms nombre nome namn navn nm'],
  [['FIRST'], 'first given fore voor vor christian fname'],
  [['FIRST', 'NAME'], `firstname givenname forename forenames voornaam voornamen vorname vornamen prénom prénoms fornavn förnamn
    nombredepila nomeproprio primeironome christianname tilltalsnamn imię etunimi jméno křestníjméno`],
  [['LAST'], 'last family sur achter nach familie familien geslachts'],
  [['LAST', 'NAME'], `lastname familyname surname surnames achternaam achternamen familienaam geslachtsnaam nachname nachnamen familienname zuname
    nomdefamille patronyme apellido apellidos cognome sobrenome apelido etternavn efternavn efternamn slektsnavn primerapellido lname sn nazwisko sukunimi příjmení`],
  [['MIDDLE'], 'middle middlename tweedenaam zweitername secondname mellannamn mellemnavn mellomnavn deuxièmeprénom segundonombre'],
  [['CALLING'], 'calling roep ruf nick preferred pref knownas known usual usuel usage chosen goesby familiar préféré preferido bevorzugter'],
  [['CALLING', 'NAME'], 'roepnaam rufname nickname callingname preferredname prefname aanspreeknaam spitzname'],
  [['CALLING', 'LAST', 'NAME'], 'nomusage nomdusage nomusuel nommarital'],
  [['LEGAL'], 'legal official officiële officieel amtlich légal'],
  [['FULL'], 'full display complete volledig volledige vollständiger vollständig weergave formatted formatiert anzeige complet completo completa fuldt fullständigt samengesteld'],
  [['FULL', 'NAME'], 'fullname displayname weergavenaam anzeigename cn commonname sortname nomcomplet nombrecompleto nomecompleto nomprénom nometprénom'],
  [['INITIALS'], 'initials initial initialen voorletters voorletter initiales iniciales iniziali'],
  [['INFIX'], `infix tussenvoegsel tussenvoegsels tussenv tussenvgsl tsvgsl tvgsl tv voorvoegsel voorvoegsels vvsl vgsl insertion voorzetsel namenszusatz
    vorsatzwort namensvorsatz particule particle surnameprefix lastnameprefix familynameprefix`],
  [['PREFIX'], 'prefix suffix'],
  [['SALUTATION'], 'salutation anrede aanhef civilité aanspreektitel aanspreekvorm honorific honorificprefix courtesy courtesytitle tratamiento nametitle'],
  [['TITLE'], 'title titel titre título titolo tittel'],
  [['EMAIL'], `email emails mail mails mailadres mailaddress mailadresse mailadress emailadres emailadresse emailaddress emailaddr emailadress courriel epost
    eml correo correoelectrónico correoelectronico postaelettronica elektronischepost elektronischepostadresse electronicmail adressemail adresseemail adresseélectronique smtp emailid mailid sähköposti epostadresse epostadress sähköpostiosoite`],
  [['PHONE'], 'phone phones telephone tel telefoon telefoonnr telefon telefonnr téléphone teléfono telefono telefone telnr telno phonenumber telefoonnummer rufnummer puhelin telefoni fon fono'],
  [['MOBILE'], 'mobile mobiel mobiele mobil mobilnr mobielnr mobilenumber mobilephone gsm handy handynr cell cellphone cellular celular móvil cellulare portable telefonino smartphone mobiltelefon mobieletelefoon gsmnummer mobiltlf telemóvel komórka matkapuhelin mobielnummer handynummer'],
  [['LANDLINE'], 'landline vast vaste fixed fixe fest festnetz fijo fisso direct doorkies durchwahl'],
  [['ADDRESS'], `address addr adres adresse adress indirizzo dirección street straat strasse straße rue calle huisnummer hausnummer house
    postal postalcode postcode zip zipcode plz postleitzahl codepostal códigopostal woonplaats wohnort residence residentie apartment postbus`],
  [['CONTACT'], 'contact contacts kontakt'],
  [['WORK'], `work business corporate werk zakelijk zakelijke dienst dienstlich dienstliche geschäft geschäftlich geschäftliche professional
    professionnel professionnelle pro profesional firmen bedrijfs laboral trabajo travail arbeits arbeit arbets jobb lavoro lavorativa trabalho organisation's służbowy służbowa työ`],
  [['PRIVATE'], 'private privat private prive privé privée privaat home particulier zuhause thuis privado particular privata privato casa domicile prywatny prywatna'],
  [['MAIN'], 'main primary default current hoofd primair primaire actual huidig huidige aktuell aktuelle haupt principal principale actuel standaard'],
  [['SECOND'], 'second secondary alternative alternate alt other extra additional tweede zweite zusätzliche weitere deuxième secondaire alternatief 2 3 4 5 ii'],
  [['JOB'], `job jobs function functie functies functienaam funktion funktions fonction position positie pos posición occupation profession beroep beruf emploi poste
    puesto cargo mansione stilling stillings befattning tätigkeit  qualifica función stelle planstelle dienststellung métier yrke designation jobfunction stanowisko tehtävä pozice incarico`],
  [['JOB', 'TITLE'], 'jobtitle functietitel functiebenaming stellenbezeichnung stellenbezeichner stillingsbetegnelse yrkestitel intituléposte positiontitle businesstitle jobname stellentitel dienstbezeichnung amtsbezeichnung berufsbezeichnung tätigkeitsbezeichnung funktionsbezeichnung tehtävänimike'],
  [['JOB', 'CODE'], 'jobcode functiecode'],
  // Somebody's job in one program, and what an account may do in another.
  [['ROLE'], 'role roles rol rollen rôle rolle ruolo jobrole'],
  [['LEVEL'], 'level grade niveau stufe band schaal scale step livello nivel trede tier'],
  [['TYPE'], 'type kind soort art category categorie kategorie class classification klasse group groep gruppe subgroup categoría tipo'],
  [['LANGUAGE'], 'language languages lang taal talen sprache sprachen langue idioma lingua locale språk sprog língua voorkeurstaal korrespondenzsprache communicationlanguage język kieli jazyk'],
  [['STATUS'], 'status stat stat2 state zustand estado stato statut situation employmentstatus emplstatus hrstatus sts situação situación situazione situatie'],
  [['ACTIVE'], 'active actief aktiv actif activo attivo ativo isactive enabled employed accountenabled aktief ingeschakeld freigeschaltet'],
  [['INACTIVE'], 'inactive inactief inaktiv inactif inactivo terminated disabled blocked geblokkeerd gesperrt deleted verwijderd gelöscht'],
  [['ABSENCE'], 'leave onleave absence absent verlof ziek sick urlaub congé abwesend abwesenheit loa'],
  [['DATE'], 'date dates datum data dato fecha dt dte'],
  [['START'], `start begin beginn hire hired hiring join joined joining entry indienst indiensttreding indiensttredings eintritt eintritts entrée ingang ingangs commencement
    embauche seniority anciënniteit ancienneté aanvang ingreso assunzione ansættelse tiltrædelse anställningsdatum servicedate dateofjoining doj since from valid debut début admissão assunção rozpoczęcia`],
  [['END'], `end einde eind ende termination terminate leaving uitdienst uitdiensttreding uitdiensttredings austritt austritts sortie exit departure separation
    ontslag ontslags lastworkingday lastdayofwork lastday lastdayworked lastworking départ fin baja cessazione fratrædelse slutt slut expiry expiration until kündigung kündigungs vertrek
    letzterarbeitstag laatstewerkdag resignation scadenza salida avgång saída desligamento rescisão demissão zwolnienia zakończenia sluttdato slutdatum fratreden`],
  [['CONTRACT'], 'contract contracts contrat contrato contratto vertrag vertrags agreement probation proeftijd probezeit essai trial befristung befristet visa permit'],
  [['EMPLOYMENT'], 'employment dienstverband beschäftigungs beschäftigung arbeitsverhältnis assignment anstellung anställning arbeidsovereenkomst ansettelses ansettelse ansettelsen zatrudnienie zatrudnienia työsuhde'],
  [['BIRTH'], 'birth born birthday birthdate dob geboorte geburts geburt naissance nacimiento nascita fødsels födelse verjaardag geb geboren maiden meisjes gebdat gbdat nascimento'],
  [['BIRTH', 'NAME'], 'birthname geboortenaam geburtsname meisjesnaam nomdenaissance nomnaissance mädchenname maidenname nomdejeunefille'],
  [['LOCATION'], `location locations loc locatie site sites store stores shop filiaal filialen filiale filial vestiging vestigings branch branches standort standorte niederlassung
    betriebsstätte betriebsstelle plant lieu établissement agence magasin succursale ubicación sede sucursal tienda centro centrodetrabajo workplace worklocation werkplek werklocatie standplaats
    arbeitsort arbeitsstätte arbeitsplatz lieudetravail lieutravail winkel winkels warehouse magazijn depot hotel restaurant clinic kliniek werkvestiging avdelingskontor arbeidssted arbejdssted arbetsplats
    establishment premises building gebouw campus dienstort einsatzort markt outlet locatienaam verkaufsstelle loja tienda negozio oddział lokalizacja toimipaikka pobočka butik butikk property hotelname avdelingssted`],
  [['OFFICE'], 'office kantoor büro bureau oficina ufficio kontor'],
  [['CITY'], 'city town ville stad plaats ort stadt ciudad città cidade stadsdeel'],
  [['REGION'], 'region regio regios regionen area gebied gebiet zone province provincie district rayon région región regione territory cluster'],
  [['COUNTRY'], 'country land pays país paese nation isocountry countrycode landcode'],
  [['BUSINESS_UNIT'], 'businessunit bu bedrijfsonderdeel geschäftseinheit unitébusiness unidaddenegocio businessunitname'],
  [['DEPARTMENT'], `department departments dept depts dpt afdeling afdelingen afdelings afd abteilung abteilungen abt service services département departamento reparto avdelning
    avdeling afdelingsnavn fachbereich dipartimento ressort departement homedepartment dział osasto oddělení secção seção sección sezione departament`],
  [['DEPARTMENT', 'ID'], 'deptid deptcode'],
  [['DEPARTMENT', 'NAME'], 'deptname'],
  [['ORG_UNIT'], `orgunit orgeh org organisationunit organizationunit organisationalunit organizationalunit organisatorischeeenheid organisatieeenheid orgeenheid oe organisationseinheit orgeinheit
    supervisoryorganization supervisoryorganisation unitéorganisationnelle uo unitéorganisatie organisatieonderdeel organization organisation organisatie unit eenheid einheit unité unidad unità enhet enhed orgname`],
  [['TEAM'], 'team teams équipe equipo squadra ploeg squad gruppo'],
  [['DIVISION'], 'division divisie bereich sector secteur pôle direction directie segment geschäftsbereich sparte direktion división divisione tak'],
  [['COMPANY'], 'company companies employer werkgever firma firm bedrijf société entity legalentity entité entiteit entität unternehmen gesellschaft buchungskreis empresa azienda società entreprise arbeitgeber employeur selskab bolag bukrs tenant'],
  [['COST_CENTRE'], 'costcenter costcentre kostenplaats kostenplaatsen kostenstelle kostenstellen kst kostl kpl centredecoût centredecoûts centrodecosto centrodecostos centrodicosto kostnadsställe omkostningssted kostnadssted costcode cc'],
  [['OTHER_PERSON'], `manager managers mgr supervisor supervisors boss leidinggevende leidinggevenden chef vorgesetzter vorgesetzte vorgesetzten führungskraft teamlead teamleider teamleiter lead leader leiter responsable
    reportsto reportingto reporting hiérarchique n1 jefe superior capo responsabile leder chefs gestionnaire approver goedkeurder backup mentor buddy hrbp businesspartner recruiter coach owner
    partner partners spouse echtgenoot echtgenote ehepartner ehegatte gehuwd conjoint wife husband mother father parent parents vader moeder mutter vater mère père child children kinder kinderen enfant sibling
    emergency ice nood noodgeval notfall notfallkontakt urgence emergencia emergenza warn warnadresse nextofkin kin relative beneficiary begunstigde guardian voogd dependent
    createdby modifiedby updatedby changedby doctor huisarts sponsor contactpersoon contactpersonen contactperson kontaktperson ansprechpartner referent gestor chefia kierownik przełożony esimies nabestaande pårørende nærmesteleder leidinggever diensthoofd afdelingshoofd filiaalmanager sup`],
  [['OTHER_TIME'], 'previous former old new future next prior vorige oude nieuwe nieuw ehemalig ehemalige alte neue neuer ancien ancienne nouveau nouvelle précédent précédente anterior nuevo vroegere toekomstige'],
  [['SENSITIVE'], `gender sex geslacht geschlecht sexe sexo sesso pronoun pronouns kjønn kön nationality nationaliteit nationalität nationalité nacionalidad citizenship staatsangehörigkeit marital maritalstatus burgerlijke burgerlijkestaat
    familienstand étatcivil situationfamiliale situationdefamille estadocivil naamgebruik religion religie konfession ethnicity ethnic race veteran disability handicap schwerbehinderung health medical blood pregnancy
    salary salaries salaris loon gehalt lohn salaire wage wages pay rate remuneration bonus iban bank bankaccount bic swift kontonummer tax steuer steuerklasse impôt fiscal uurloon stundenlohn
    ssn bsn socialsecurity socialsecuritynumber sofinummer nationalid nationalidentifier passport paspoort personnummer fødselsnummer nir dni nif nie codicefiscale steuerid svnr sozialversicherung sozialversicherungsnummer sozialversicherungsnr rijksregister
    rijksregisternummer insz ahv avs sécuritésociale numérodesécuritésociale identitycard insurance verzekering union pension pensioen rente password wachtwoord passwort pin secret motdepasse contraseña cpr cpf pesel rrnr rrnummer rijksregisternr ninumber nationalinsurance nationalinsurancenumber svnummer etnisch`],
  [['OTHER'], `hours uren stunden heures horas ore fte percentage percent pct pensum workinghours hoursperweek shift schedule rooster dienstplan ploegendienst badge card karte chip locker
    fax extension toestel nebenstelle photo picture foto image avatar url website web linkedin comment comments note notes remark remarks opmerking opmerkingen bemerkung bemerkungen notiz remarque
    pager skype zoom room kamer raum floor etage verdieping desk seat car auto license kenteken laptop device asset reason reden grund motif
    year month jaar maand jahr monat années age leeftijd alter âge verified count total size count skill skills qualification education opleiding ausbildung training diploma school
    timezone zeitzone currency valuta währung modified changed updated created gewijzigd geändert aangemaakt timestamp sequence volgnummer seq rcd record count headcount
    quantity days dagen tage jours effective peildatum stichtag budget project projekt customer klant kunde vendor client supplier leverancier dn distinguishedname useraccountcontrol`],
  [['NOISE'], `the of de het een van der den des du la le les l d da di del della do en and und et y e i in for to a an op im am zum per with
    is internal field veld feld column kolom spalte value waarde wert hr hris sys system crm afas sap nmbrs personio workday wd cf lrv lkp fld attr attribute item custom freefield info information informatie
    optional mandatory required verplicht pflichtfeld optioneel please unique uniek yyyy mm dd jjjj tt iso bare 1 01 tekst fr nl uk us s n cust tbl dbo col str utc the our your ad aad azure sso entra hrm`],
  // The fields of SAP HCM's infotypes, whose five letters no rule of language explains.
  [['FIRST', 'NAME'], 'vorna'],
  [['LAST', 'NAME'], 'nachn'],
  [['FULL', 'NAME'], 'ename'],
  [['JOB', 'DESCRIPTION'], 'stltx plstx'],
  [['JOB', 'CODE'], 'stell plans'],
  [['LOCATION', 'CODE'], 'werks btrtl'],
  [['LOCATION', 'DESCRIPTION'], 'btext pbtxt'],
  [['ORG_UNIT', 'DESCRIPTION'], 'orgtx'],
  [['LANGUAGE'], 'sprsl'],
  [['START', 'DATE'], 'begda'],
  [['END', 'DATE'], 'endda'],
  [['BIRTH'], 'gbdat'],
  [['EMAIL'], 'usridlong'],
];
