import { headerSet, type HeaderSet } from './header-sets.js';

/** Odd exports, written without a look at the dictionary: what a stranger would hand over to see it fail. */
export const HOSTILE_SETS: readonly HeaderSet[] = [
  headerSet(
    'SAP HCM infotypes as five letters',
    `PERNR=idPadded; ANRED=salutation; NACHN=family; VORNA=given; NAME2=family; GBDAT=born; BUKRS=companyCode; WERKS=siteCode; BTRTL_TXT=site; ORGEH=departmentCode; ORGEH_TXT=department; PLANS=badge; PLANS_TXT=job; KOSTL=costCentre; STAT2=sequence; USRID_MAIL=mail; TELNR=phone; SPRSL=language; ENDDA=endless; BEGDA=started`,
    { externalId: 'PERNR', active: null, givenName: 'VORNA', familyName: 'NACHN', jobTitle: 'PLANS_TXT', email: 'USRID_MAIL', telephoneNumber: 'TELNR', preferredLanguage: 'SPRSL', businessUnit: ['BTRTL_TXT', 'WERKS'], department: 'ORGEH_TXT' },
  ),
  headerSet(
    'French with accents lost and abbreviations',
    `MATRICULE SALARIE=idPadded; NOM USUEL=family; NOM PATRONYMIQUE=family; PRENOM=given; ADR MAIL PRO=mail; TEL PORT=mobileDigits; LIB EMPLOI=job; LIB SERVICE=department; CODE SERVICE=departmentCode; LIB ETABLISSEMENT=site; DT ENTREE=startedNl; DT SORTIE=endedNl; MATRICULE RESPONSABLE=managerId; SEXE=gender`,
    { externalId: 'MATRICULE SALARIE', active: 'DT SORTIE', givenName: 'PRENOM', familyName: 'NOM USUEL', jobTitle: 'LIB EMPLOI', email: 'ADR MAIL PRO', telephoneNumber: 'TEL PORT', businessUnit: 'LIB ETABLISSEMENT', department: 'LIB SERVICE' },
  ),
  headerSet(
    'Excel headers with line breaks and remarks',
    `Employee\\nnumber (unique)=id; First\\nname=given; Last name\\n(as in passport)=family; E-mail\\naddress [work]=mail; Mobile\\nphone (+31...)=mobile; Job\\ntitle=job; Work\\nlocation=site; Dept.\\n(cost centre owner)=department; Start date\\n(dd-mm-yyyy)=startedNl; End date\\n(dd-mm-yyyy)=endedNl; Hours\\n(h/week)=hours; Active\\n(Y/N)=yesNo`,
    { externalId: 'Employee\nnumber (unique)', active: 'Active\n(Y/N)', givenName: 'First\nname', familyName: 'Last name\n(as in passport)', jobTitle: 'Job\ntitle', email: 'E-mail\naddress [work]', telephoneNumber: 'Mobile\nphone (+31...)', businessUnit: 'Work\nlocation', department: 'Dept.\n(cost centre owner)' },
  ),
  headerSet(
    'heavily abbreviated English',
    `EE No=id; F Name=given; L Name=family; M Init=initials; Pos Desc=job; Dept Desc=department; Loc Desc=site; Wrk Eml=mail; Cell No=phoneUs; Empl Sts=active; Term Dt=ended; Hr Dt=started; Mgr EE No=managerId; Mgr L Name=family; Ann Sal=money`,
    { externalId: 'EE No', active: 'Empl Sts', givenName: 'F Name', familyName: 'L Name', jobTitle: 'Pos Desc', email: 'Wrk Eml', telephoneNumber: 'Cell No', businessUnit: 'Loc Desc', department: 'Dept Desc' },
  ),
  headerSet(
    'a database table, snake case, with prefixes of tables',
    `hr_person.person_nbr=id; hr_person.given_nm=given; hr_person.surname_prefix=infix; hr_person.surname_nm=family; hr_contact.email_addr_wrk=mail; hr_contact.email_addr_prv=privateMail; hr_contact.mob_phone_wrk=mobile; hr_job.job_title_txt=job; hr_org.org_unit_nm=department; hr_org.store_nm=site; hr_org.store_cd=siteCode; hr_person.is_active_flg=yesNo; created_ts=started; updated_by_user_id=managerId`,
    { externalId: 'hr_person.person_nbr', active: 'hr_person.is_active_flg', givenName: 'hr_person.given_nm', infix: 'hr_person.surname_prefix', familyName: 'hr_person.surname_nm', jobTitle: 'hr_job.job_title_txt', email: 'hr_contact.email_addr_wrk', telephoneNumber: 'hr_contact.mob_phone_wrk', businessUnit: 'hr_org.store_nm', department: 'hr_org.org_unit_nm' },
  ),
  headerSet(
    'duplicate-looking columns',
    `Name=full; Name 1=given; Name 2=family; E-mail=mail; E-Mail=privateMail; Phone=phone; phone 2=mobile; Personnel no.=id; Personnel no. (old)=badge; Location=site; Location (old)=city; Department=department; Department head=managerName; Job=job; Job of partner=job`,
    { externalId: 'Personnel no.', givenName: [null, 'Name 1'], familyName: [null, 'Name 2', 'Name'], jobTitle: 'Job', email: ['E-mail', 'E-Mail'], telephoneNumber: ['Phone', 'phone 2'], businessUnit: 'Location', department: 'Department' },
  ),
  headerSet(
    'Dutch retail, colloquial',
    `Pers.nr=id; Roepnaam=given; Tussenv.=infix; Achternaam=family; Mailadres=mail; 06-nummer=mobileDigits; Functie in de winkel=job; Filiaal=site; Filiaalnr=siteCode; Afd.=department; Ingangsdatum contract=startedNl; Einddatum contract=endedNl; Reden uitdienst=odd; Uit dienst per=endedNl; BHV=yesNo; Leidinggevende=managerName; Naam contactpersoon bij nood=managerName; Tel. contactpersoon=phone`,
    { externalId: 'Pers.nr', active: 'Uit dienst per', givenName: 'Roepnaam', infix: 'Tussenv.', familyName: 'Achternaam', jobTitle: 'Functie in de winkel', email: 'Mailadres', telephoneNumber: '06-nummer', businessUnit: 'Filiaal', department: 'Afd.' },
  ),
  headerSet(
    'German from a hospital, long compounds',
    `Mitarbeiternummer=idPadded; Mitarbeitervorname=given; Mitarbeiternachname=family; Dienstliche Mailadresse=mail; Diensthandy=mobile; Dienstbezeichnung=job; Klinik/Standort=site; Fachabteilung=department; Stationskürzel=odd; Arbeitsverhältnis Beginn=startedDe; Arbeitsverhältnis Ende=endedNl; Mitarbeiterstatus=activeDe; Vorgesetztennummer=managerId; Geburtsort=city; Muttersprache=languageName`,
    { externalId: 'Mitarbeiternummer', active: 'Mitarbeiterstatus', givenName: 'Mitarbeitervorname', familyName: 'Mitarbeiternachname', jobTitle: 'Dienstbezeichnung', email: 'Dienstliche Mailadresse', telephoneNumber: 'Diensthandy', businessUnit: 'Klinik/Standort', department: 'Fachabteilung' },
  ),
  headerSet(
    'an LDAP export',
    `dn=note; sAMAccountName=userName; givenName=given; sn=family; cn=full; mail=mail; telephoneNumber=phone; mobile=mobile; title=job; department=department; physicalDeliveryOfficeName=site; employeeID=id; employeeNumber=id; manager=managerName; userPrincipalName=mail; userAccountControl=badge; l=city; co=country; company=company; preferredLanguage=language`,
    { externalId: ['employeeID', 'employeeNumber'], givenName: 'givenName', familyName: 'sn', jobTitle: 'title', email: 'mail', telephoneNumber: ['telephoneNumber', 'mobile'], preferredLanguage: 'preferredLanguage', upn: 'userPrincipalName', businessUnit: 'physicalDeliveryOfficeName', department: 'department' },
  ),
  headerSet(
    'an Indian or British office',
    `Emp Code=idLetters; Emp Name=full; Designation=job; Dept=department; Branch=site; Official Email ID=mail; Personal Email ID=privateMail; Contact No.=mobile; DOJ=started; DOB=born; Reporting Manager=managerName; Reporting Manager Email=managerMail; Emp Status=active; Band=odd`,
    { externalId: 'Emp Code', active: 'Emp Status', familyName: [null, 'Emp Name'], jobTitle: 'Designation', email: 'Official Email ID', telephoneNumber: 'Contact No.', businessUnit: 'Branch', department: 'Dept' },
  ),
  headerSet(
    'misspelt by hand',
    `Employe numbr=id; Firstname =given; Lastnme=family; Emial adress=mail; Telefone nr=phone; Jobtitel=job; Locatoin=site; Departement=department; Satus=active; Birtday=born`,
    { externalId: 'Employe numbr', active: 'Satus', givenName: 'Firstname', familyName: 'Lastnme', jobTitle: 'Jobtitel', email: 'Emial adress', telephoneNumber: 'Telefone nr', businessUnit: 'Locatoin', department: 'Departement' },
  ),
  headerSet(
    'names of columns that say nothing, beside a few that do',
    `Veld1=id; Veld2=given; Veld3=family; Veld4=mail; Veld5=mobile; Veld6=job; Veld7=site; Veld8=department; Veld9=activeNl`,
    { externalId: 'Veld1', active: [null, 'Veld9'], givenName: [null, 'Veld2'], familyName: null, email: 'Veld4', telephoneNumber: 'Veld5' },
  ),
  headerSet(
    'two languages in each header',
    `Personeelsnummer / Personnel number=id; Voornaam / First name=given; Achternaam / Last name=family; Werkmail / Work e-mail=mail; Mobiel werk / Work mobile=mobile; Functie / Position=job; Locatie / Site=site; Afdeling / Department=department; Actief / Active=trueFalse; Leidinggevende / Manager=managerName; Geslacht / Gender=gender`,
    { externalId: 'Personeelsnummer / Personnel number', active: 'Actief / Active', givenName: 'Voornaam / First name', familyName: 'Achternaam / Last name', jobTitle: 'Functie / Position', email: 'Werkmail / Work e-mail', telephoneNumber: 'Mobiel werk / Work mobile', businessUnit: 'Locatie / Site', department: 'Afdeling / Department' },
  ),
  headerSet(
    'a payroll bureau, with its customer in the names',
    `Korenaar medewerker nr=id; Korenaar e-mail=mail; Klantnummer=otherId; Klantnaam=company; Werknemer naam=lastFirst; Loonperiode=sequence; Bruto salaris=money; Functiegroep=odd; Functie=job; Locatie code=siteCode; Locatie=site; Afdelingsnaam=department; Dienstverband status=activeNl; Contact klant=managerName`,
    { externalId: 'Korenaar medewerker nr', active: 'Dienstverband status', familyName: [null, 'Werknemer naam'], jobTitle: 'Functie', email: 'Korenaar e-mail', businessUnit: 'Locatie', department: 'Afdelingsnaam' },
  ),
  headerSet(
    'Portuguese',
    `Nº funcionário=id; Primeiro nome=given; Último nome=family; E-mail corporativo=mail; Telemóvel=mobile; Cargo=job; Departamento=department; Loja=site; Situação=active; Data de admissão=started; Data de saída=ended; Data de nascimento=born; Gestor=managerName; NIF=secret`,
    { externalId: 'Nº funcionário', active: 'Situação', givenName: 'Primeiro nome', familyName: 'Último nome', jobTitle: 'Cargo', email: 'E-mail corporativo', telephoneNumber: 'Telemóvel', businessUnit: 'Loja', department: 'Departamento' },
  ),

  headerSet('Norwegian', `Ansattnr=id; Fornavn=given; Etternavn=family; E-postadresse jobb=mail; Privat e-post=privateMail; Mobiltelefon=mobile; Stillingstittel=job; Avdelingsnavn=department; Avdelingsnr=departmentCode; Butikk=site; Ansettelsesstatus=active; Sluttdato=ended; Nærmeste leder=managerName; Pårørende telefon=phone`,
    { externalId: 'Ansattnr', active: 'Ansettelsesstatus', givenName: 'Fornavn', familyName: 'Etternavn', jobTitle: 'Stillingstittel', email: 'E-postadresse jobb', telephoneNumber: 'Mobiltelefon', businessUnit: 'Butikk', department: 'Avdelingsnavn' }),
  headerSet('Polish', `Numer pracownika=id; Imię=given; Nazwisko=family; Adres e-mail=mail; Telefon służbowy=phone; Stanowisko=job; Dział=department; Lokalizacja=site; Data zatrudnienia=started; Data zwolnienia=ended; Przełożony=managerName; PESEL=secret`,
    { externalId: 'Numer pracownika', active: 'Data zwolnienia', givenName: 'Imię', familyName: 'Nazwisko', jobTitle: 'Stanowisko', email: 'Adres e-mail', telephoneNumber: 'Telefon służbowy', businessUnit: 'Lokalizacja', department: 'Dział' }),
  headerSet('Belgian hospital', `Stamnr=idPadded; Naam=family; Voornaam=given; Taalcode=language; Werk e-mail=mail; GSM privé=mobile; Functiebenaming=job; Campus=site; Dienst=department; Diensthoofd=managerName; Statuut=workerType; Datum uitdienst=endedNl; RR-nummer=secret; Contactpersoon noodgeval=managerName`,
    { externalId: 'Stamnr', active: 'Datum uitdienst', givenName: 'Voornaam', familyName: 'Naam', preferredLanguage: 'Taalcode', jobTitle: 'Functiebenaming', email: 'Werk e-mail', telephoneNumber: 'GSM privé', businessUnit: 'Campus', department: 'Dienst' }),
  headerSet('hotel chain', `Colleague ID=idLetters; Known As=given; Legal Forename=given; Legal Surname=family; Property=site; Property Code=siteCode; Dept Name=department; Job Role=job; Employment Status=active; Personal Email Address=privateMail; Personal Mobile Number=mobile; Line Manager ID=managerId; Next of Kin Phone=phone; Right to Work Expiry=ended; NI Number=secret; Ethnic Origin=odd`,
    { externalId: 'Colleague ID', active: 'Employment Status', givenName: ['Known As', 'Legal Forename'], familyName: 'Legal Surname', jobTitle: 'Job Role', email: 'Personal Email Address', telephoneNumber: 'Personal Mobile Number', businessUnit: 'Property', department: 'Dept Name' }),
  headerSet('Austrian', `DNr=id; Zuname=family; Vorname=given; Titel=empty; E-Mail Firma=mail; Durchwahl=badge; Firmenhandy=mobile; Tätigkeit=job; Filiale=site; Abt.=department; Eintrittsdatum=startedDe; Austrittsdatum=endedNl; SV-Nr=secret; Teamleiter=managerName`,
    { externalId: 'DNr', active: 'Austrittsdatum', givenName: 'Vorname', familyName: 'Zuname', jobTitle: 'Tätigkeit', email: 'E-Mail Firma', telephoneNumber: 'Firmenhandy', businessUnit: 'Filiale', department: 'Abt.' }),
  headerSet('US retail', `Associate #=id; Pref First=given; Last=family; Store #=siteCode; Store Name=site; Dept #=departmentCode; Dept Desc=department; Position Desc=job; Personal Cell=phoneUs; Personal Email=privateMail; Status Cd=activeLetter; Orig Hire Dt=started; Sup Assoc #=managerId; Sup Name=managerName; Emer Contact Ph=phoneUs`,
    { externalId: 'Associate #', active: 'Status Cd', givenName: 'Pref First', familyName: 'Last', jobTitle: 'Position Desc', email: 'Personal Email', telephoneNumber: 'Personal Cell', businessUnit: 'Store Name', department: 'Dept Desc' }),
]; // prettier-ignore
