import { columnsOf, type Column } from './made-up-file.js';

/** Which column each standard field is in; several where either is right, null where there is none. */
export type Expected = Readonly<Record<Field, string | null | readonly (string | null)[]>>;
export type Field = (typeof FIELDS)[number];

export const FIELDS = [
  'externalId', 'active', 'givenName', 'infix', 'familyName', 'jobTitle', 'email', 'telephoneNumber', 'preferredLanguage', 'upn', 'businessUnit', 'department',
] as const; // prettier-ignore

export interface HeaderSet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly expected: Expected;
}

export function headerSet(name: string, columns: string, expected: Partial<Expected>): HeaderSet {
  const all = Object.fromEntries(FIELDS.map((field) => [field, expected[field] ?? null])) as Expected;
  return { name, columns: columnsOf(columns), expected: all };
}

/** Exports in the manner of the systems that customers have, in their languages. */
export const HEADER_SETS: readonly HeaderSet[] = [
  headerSet(
    'AFAS Profit, Dutch labels',
    `Medewerker=id; Roepnaam=given; Voorletters=initials; Voorvoegsel=infix; Achternaam=family; Geboortedatum=born; Geslacht=gender; Voorvoegsel partner=infix; Geboortenaam partner=family;
     E-mail werk=mail; E-mail privé=privateMail; Telefoonnr. werk=phone; Mobiel werk=mobile; Functie code=jobCode; Functie omschrijving=job; Organisatorische eenheid code=departmentCode;
     Organisatorische eenheid omschrijving=department; Vestiging=site; Kostenplaats=costCentre; Datum in dienst=startedNl; Datum uit dienst=endedNl; Medewerkernummer leidinggevende=managerId`,
    { externalId: 'Medewerker', active: 'Datum uit dienst', givenName: 'Roepnaam', infix: 'Voorvoegsel', familyName: 'Achternaam', jobTitle: 'Functie omschrijving', email: 'E-mail werk', telephoneNumber: ['Mobiel werk', 'Telefoonnr. werk'], businessUnit: 'Vestiging', department: 'Organisatorische eenheid omschrijving' },
  ),
  headerSet(
    'AFAS GetConnector of a user connector',
    `Medewerker=id; ExternalId=id; Voornaam=given; Voorletters=initials; Voorvoegsel=infix; Geboortenaam=family; Geboortenaam_partner=family; Voorvoegsel_partner=infix; Naamgebruik_code=sequence;
     Email_werk=mail; Telefoonnr_werk=phone; Mobielnr_werk=mobile; UPN=mail; Functie_code=jobCode; Functie_omschrijving=job; Kostenplaats_code=costCentre; Werkgever_omschrijving=company;
     Organisatorische_eenheid_omschrijving=department; Begindatum_functie=started; Einddatum_functie=ended; FTE=share; Medewerkernummer_leidinggevende=managerId; Soort_medewerker_code=workerType`,
    { externalId: ['Medewerker', 'ExternalId'], givenName: 'Voornaam', infix: 'Voorvoegsel', familyName: 'Geboortenaam', jobTitle: 'Functie_omschrijving', email: 'Email_werk', telephoneNumber: ['Mobielnr_werk', 'Telefoonnr_werk'], upn: 'UPN', businessUnit: [null, 'Werkgever_omschrijving'], department: 'Organisatorische_eenheid_omschrijving' },
  ),
  headerSet(
    'SAP SuccessFactors',
    `personIdExternal=id; userId=idLetters; firstName=given; lastName=family; middleName=middle; emailAddress=mail; phoneNumber=mobile; jobTitle=job; department=department; division=division; location=site;
     businessUnit=division; company=company; emplStatus=active; startDate=started; endDate=ended; managerId=managerId; dateOfBirth=born; gender=gender`,
    { externalId: 'personIdExternal', active: 'emplStatus', givenName: 'firstName', familyName: 'lastName', jobTitle: 'jobTitle', email: 'emailAddress', telephoneNumber: 'phoneNumber', businessUnit: ['location', 'businessUnit'], department: 'department' },
  ),
  headerSet(
    'Workday report',
    `Employee_ID=id; Legal_Name_-_First_Name=given; Legal_Name_-_Last_Name=family; Preferred_Name=full; Work_Email=mail; Home_Email=privateMail; Business_Title=job; Job_Profile_ID=jobCode; Location=site; Supervisory_Organization=department;
     Cost_Center=costCentre; Company=company; Manager=managerName; Manager_Email=managerMail; Hire_Date=started; Termination_Date=ended; Worker_Status=active; Primary_Work_Phone=phoneUs; Worker_Type=workerType; Preferred_Language=language`,
    { externalId: 'Employee_ID', active: 'Worker_Status', givenName: ['Legal_Name_-_First_Name'], familyName: 'Legal_Name_-_Last_Name', jobTitle: 'Business_Title', email: 'Work_Email', telephoneNumber: 'Primary_Work_Phone', preferredLanguage: 'Preferred_Language', businessUnit: 'Location', department: 'Supervisory_Organization' },
  ),
  headerSet(
    'Personio, English',
    `ID=id; First name=given; Last name=family; Email=mail; Status=active; Position=job; Department=department; Office=site; Team=division; Supervisor=managerName; Hire date=started; Termination date=ended; Last day of work=ended; Gender=gender; Employment type=workerType; Cost center=costCentre; Mobile phone=mobile`,
    { externalId: 'ID', active: 'Status', givenName: 'First name', familyName: 'Last name', jobTitle: 'Position', email: 'Email', telephoneNumber: 'Mobile phone', businessUnit: 'Office', department: 'Department' },
  ),
  headerSet(
    'Personio, German',
    `Personalnummer=id; Vorname=given; Nachname=family; E-Mail=mail; Status=activeDe; Position=job; Abteilung=department; Standort=site; Vorgesetzter=managerName; Eintrittsdatum=startedDe; Kündigungsdatum=endedNl; Geburtsdatum=born; Geschlecht=gender; Wochenstunden=hours; Notfallkontakt Telefon=mobile; Mobiltelefon (geschäftlich)=mobile`,
    { externalId: 'Personalnummer', active: 'Status', givenName: 'Vorname', familyName: 'Nachname', jobTitle: 'Position', email: 'E-Mail', telephoneNumber: 'Mobiltelefon (geschäftlich)', businessUnit: 'Standort', department: 'Abteilung' },
  ),
  headerSet(
    'BambooHR',
    `Employee #=id; First Name=given; Preferred Name=given; Last Name=family; Work Email=mail; Home Email=privateMail; Mobile Phone=phoneUs; Work Phone=phoneUs; Job Title=job; Department=department; Division=division; Location=site; Reports To=managerName; Status=active; Hire Date=started; Emergency Contact Name=managerName; Emergency Contact Phone=phoneUs`,
    { externalId: 'Employee #', active: 'Status', givenName: ['First Name', 'Preferred Name'], familyName: 'Last Name', jobTitle: 'Job Title', email: 'Work Email', telephoneNumber: ['Mobile Phone', 'Work Phone'], businessUnit: 'Location', department: 'Department' },
  ),
  headerSet(
    'Nmbrs',
    `EmployeeId=guid; EmployeeNumber=id; FirstName=given; Prefix=infix; LastName=family; Initials=initials; EmailWork=mail; EmailPrivate=privateMail; TelephoneMobileWork=mobile; TelephonePrivate=phone; Function=job; Department=department; CostCenter=costCentre; StartDate=started; EndDate=ended; PartnerPrefix=infix; PartnerLastName=family; Bsn=secret; Iban=iban`,
    { externalId: ['EmployeeId', 'EmployeeNumber'], active: 'EndDate', givenName: 'FirstName', infix: 'Prefix', familyName: 'LastName', jobTitle: 'Function', email: 'EmailWork', telephoneNumber: 'TelephoneMobileWork', department: 'Department' },
  ),
  headerSet(
    'Visma, Dutch',
    `Personeelsnummer=idPadded; Roepnaam=given; Tussenvoegsel=infix; Achternaam=family; Volledige naam=full; Zakelijk e-mailadres=mail; Privé e-mailadres=privateMail; Zakelijk mobiel nummer=mobileDigits; Functienaam=job; Afdeling=department; Locatie=site; Leidinggevende=managerName; Status dienstverband=activeNl; Burgerlijke staat=marital; Contracttype=workerType; Taal=language`,
    { externalId: 'Personeelsnummer', active: 'Status dienstverband', givenName: 'Roepnaam', infix: 'Tussenvoegsel', familyName: 'Achternaam', jobTitle: 'Functienaam', email: 'Zakelijk e-mailadres', telephoneNumber: 'Zakelijk mobiel nummer', preferredLanguage: 'Taal', businessUnit: 'Locatie', department: 'Afdeling' },
  ),
  headerSet(
    'Microsoft Graph',
    `id=guid; employeeId=id; givenName=given; surname=family; displayName=full; mail=mail; userPrincipalName=mail; department=department; officeLocation=site; jobTitle=job; mobilePhone=mobile; businessPhones=phone; accountEnabled=trueFalse; preferredLanguage=language; companyName=company; city=city; usageLocation=country`,
    { externalId: 'employeeId', active: 'accountEnabled', givenName: 'givenName', familyName: 'surname', jobTitle: 'jobTitle', email: 'mail', telephoneNumber: ['mobilePhone', 'businessPhones'], preferredLanguage: 'preferredLanguage', upn: 'userPrincipalName', businessUnit: 'officeLocation', department: 'department' },
  ),
  headerSet(
    'ADP Workforce',
    `Associate ID=idLetters; File Number=id; Legal First Name=given; Legal Last Name=family; Preferred or Chosen First Name=given; Job Title Description=job; Home Department Code=departmentCode; Home Department Description=department; Location Code=siteCode; Location Description=site; Position ID=badge; Position Status=active; Work Contact: Work Email=mail; Personal Contact: Personal Email=privateMail; Work Contact: Work Mobile=phoneUs; Reports To Name=managerName; Hire Date=started; Termination Date=ended; Tax ID (SSN)=secret`,
    { externalId: ['Associate ID', 'File Number'], active: 'Position Status', givenName: ['Legal First Name', 'Preferred or Chosen First Name'], familyName: 'Legal Last Name', jobTitle: 'Job Title Description', email: 'Work Contact: Work Email', telephoneNumber: 'Work Contact: Work Mobile', businessUnit: 'Location Description', department: 'Home Department Description' },
  ),
  headerSet(
    'UKG',
    `Employee Number=idPadded; First Name=given; Middle Name=middle; Last Name=family; Employee Status Code=activeLetter; Org Level 1=division; Org Level 2=costCentre; Location=site; Department=department; Job Title=job; Supervisor Name=managerName; Supervisor Email=managerMail; Email Address=mail; Home Phone=phoneUs; Last Hire Date=started; Date of Termination=ended; Salary or Hourly=odd; Annual Salary=money`,
    { externalId: 'Employee Number', active: 'Employee Status Code', givenName: 'First Name', familyName: 'Last Name', jobTitle: 'Job Title', email: 'Email Address', telephoneNumber: 'Home Phone', businessUnit: 'Location', department: 'Department' },
  ),
  headerSet(
    'PeopleSoft',
    `EMPLID=idPadded; EMPL_RCD=sequence; FIRST_NAME=given; LAST_NAME=family; NAME_DISPLAY=full; EMAIL_ADDR=mail; PHONE=phoneUs; DEPTID=departmentCode; DEPT_DESCR=department; LOCATION=siteCode; LOCATION_DESCR=site; JOBCODE=jobCode; JOBTITLE=job; HR_STATUS=active; BUSINESS_UNIT=companyCode; COMPANY=companyCode; SUPERVISOR_ID=managerId; REPORTS_TO=badge; HIRE_DT=started; TERMINATION_DT=ended; BIRTHDATE=born; LANG_CD=language`,
    { externalId: 'EMPLID', active: 'HR_STATUS', givenName: 'FIRST_NAME', familyName: 'LAST_NAME', jobTitle: 'JOBTITLE', email: 'EMAIL_ADDR', telephoneNumber: 'PHONE', preferredLanguage: 'LANG_CD', businessUnit: 'LOCATION_DESCR', department: 'DEPT_DESCR' },
  ),
  headerSet(
    'Sage, French',
    `Matricule=idPadded; Civilité=salutation; Nom=family; Nom de naissance=family; Prénom=given; Date de naissance=born; E-mail professionnel=mail; E-mail personnel=privateMail; Téléphone portable=mobile; Établissement=site; Service=department; Intitulé du poste=job; Date d'entrée=startedNl; Date de sortie=endedNl; Situation=activeFr; Nom du responsable=managerName; Nationalité=country; Langue=language`,
    { externalId: 'Matricule', active: 'Situation', givenName: 'Prénom', familyName: 'Nom', jobTitle: 'Intitulé du poste', email: 'E-mail professionnel', telephoneNumber: 'Téléphone portable', preferredLanguage: 'Langue', businessUnit: 'Établissement', department: 'Service' },
  ),
  headerSet(
    'Exact, Dutch',
    `Medewerker: Code=id; Medewerker: Volledige naam=full; Voornaam=given; Tussenvoegsel=infix; Achternaam=family; E-mail: Zakelijk=mail; E-mail: Privé=privateMail; Mobiel: Zakelijk=mobileDigits; Functie: Omschrijving=job; Afdeling: Code=departmentCode; Afdeling: Omschrijving=department; Kostenplaats: Omschrijving=costCentre; Locatie: Omschrijving=site; Manager: Volledige naam=managerName; Datum uit dienst=endedNl`,
    { externalId: 'Medewerker: Code', active: 'Datum uit dienst', givenName: 'Voornaam', infix: 'Tussenvoegsel', familyName: 'Achternaam', jobTitle: 'Functie: Omschrijving', email: 'E-mail: Zakelijk', telephoneNumber: 'Mobiel: Zakelijk', businessUnit: 'Locatie: Omschrijving', department: 'Afdeling: Omschrijving' },
  ),
  headerSet(
    'Loket',
    `personeelsnummer=id; voornaam=given; voorletters=initials; tussenvoegsel=infix; achternaam=family; emailadres=mailOfSome; telefoonnummer=phone; mobielnummer=mobileDigits; functie=job; afdeling=department; vestiging=site; datumindienst=started; datumuitdienst=ended; geboortedatum=born; straat=street; postcode=postcode; woonplaats=city`,
    { externalId: 'personeelsnummer', active: 'datumuitdienst', givenName: 'voornaam', infix: 'tussenvoegsel', familyName: 'achternaam', jobTitle: 'functie', email: 'emailadres', telephoneNumber: ['mobielnummer', 'telefoonnummer'], businessUnit: 'vestiging', department: 'afdeling' },
  ),
  headerSet(
    'Spanish',
    `Número de empleado=id; Nombre=given; Apellidos=family; Correo electrónico=mail; Teléfono móvil=mobile; Puesto=job; Departamento=department; Centro de trabajo=site; Estado=active; Fecha de alta=started; Fecha de baja=ended; Fecha de nacimiento=born; Responsable=managerName; DNI=secret`,
    { externalId: 'Número de empleado', active: 'Estado', givenName: 'Nombre', familyName: 'Apellidos', jobTitle: 'Puesto', email: 'Correo electrónico', telephoneNumber: 'Teléfono móvil', businessUnit: 'Centro de trabajo', department: 'Departamento' },
  ),
  headerSet(
    'Italian',
    `Matricola=id; Nome=given; Cognome=family; Email aziendale=mail; Cellulare=mobile; Mansione=job; Reparto=department; Sede=site; Stato=active; Data di assunzione=started; Data cessazione=ended; Codice fiscale=secret; Responsabile=managerName; Lingua=language`,
    { externalId: 'Matricola', active: 'Stato', givenName: 'Nome', familyName: 'Cognome', jobTitle: 'Mansione', email: 'Email aziendale', telephoneNumber: 'Cellulare', preferredLanguage: 'Lingua', businessUnit: 'Sede', department: 'Reparto' },
  ),
  headerSet(
    'Swedish',
    `Anställningsnummer=id; Förnamn=given; Efternamn=family; E-post=mail; Mobil=mobile; Befattning=job; Avdelning=department; Arbetsplats=site; Status=active; Anställningsdatum=started; Slutdatum=ended; Chef=managerName; Personnummer=secret`,
    { externalId: 'Anställningsnummer', active: 'Status', givenName: 'Förnamn', familyName: 'Efternamn', jobTitle: 'Befattning', email: 'E-post', telephoneNumber: 'Mobil', businessUnit: 'Arbetsplats', department: 'Avdelning' },
  ),
  headerSet(
    'Danish',
    `Medarbejdernummer=id; Fornavn=given; Efternavn=family; E-mail=mail; Mobilnummer=mobile; Stilling=job; Afdeling=department; Arbejdssted=site; Ansættelsesdato=started; Fratrædelsesdato=ended; Leder=managerName; CPR=secret`,
    { externalId: 'Medarbejdernummer', active: 'Fratrædelsesdato', givenName: 'Fornavn', familyName: 'Efternavn', jobTitle: 'Stilling', email: 'E-mail', telephoneNumber: 'Mobilnummer', businessUnit: 'Arbejdssted', department: 'Afdeling' },
  ),
  headerSet(
    'only a whole name, no e-mail',
    `Staff number=id; Employee name=full; Store=site; Department=department; Job=job; Date of leaving=ended`,
    { externalId: 'Staff number', active: 'Date of leaving', jobTitle: 'Job', familyName: [null, 'Employee name'], businessUnit: 'Store', department: 'Department' },
  ),
  headerSet(
    'everything about others beside the employee',
    `Manager ID=managerId; Manager Name=managerName; Manager Email=managerMail; Employee ID=id; Partner name=family; Emergency phone=phone; Emergency contact=managerName; First name=given; Last name=family; Supervisor Job Title=job; Job title=job; Email=mail; Phone=phone; Location=site; Department=department; Birth place=city; Parent department=division`,
    { externalId: 'Employee ID', givenName: 'First name', familyName: 'Last name', jobTitle: 'Job title', email: 'Email', telephoneNumber: 'Phone', businessUnit: 'Location', department: 'Department' },
  ),
  headerSet(
    'columns whose cells contradict their names',
    `Employee ID=id; First name=given; Last name=family; Email=mobile; Contact=mail; Title=salutation; Function=job; Store=site; Team=division; Active=yesNo`,
    { externalId: 'Employee ID', active: 'Active', givenName: 'First name', familyName: 'Last name', jobTitle: 'Function', email: 'Contact', telephoneNumber: 'Email', businessUnit: 'Store', department: 'Team' },
  ),
  headerSet(
    'prefixes of an export',
    `Emp_Number=idPadded; Emp_FirstName=given; Emp_Infix=infix; Emp_LastName=family; Emp_EMail=mail; Emp_Mobile=mobile; Emp_JobTitle=job; Emp_Dept=department; Emp_Site=site; internal.status=active; internal.language=language`,
    { externalId: 'Emp_Number', active: 'internal.status', givenName: 'Emp_FirstName', infix: 'Emp_Infix', familyName: 'Emp_LastName', jobTitle: 'Emp_JobTitle', email: 'Emp_EMail', telephoneNumber: 'Emp_Mobile', preferredLanguage: 'internal.language', businessUnit: 'Emp_Site', department: 'Emp_Dept' },
  ),
  headerSet(
    'everything in capitals and glued',
    `EMPLOYEENUMBER=id; FIRSTNAME=given; LASTNAME=family; WORKEMAIL=mail; MOBILEPHONE=mobile; JOBTITLE=job; DEPARTMENTNAME=department; STORENUMBER=siteCode; STORENAME=site; EMPLOYEESTATUS=active; HIREDATE=started; COSTCENTER=costCentre`,
    { externalId: 'EMPLOYEENUMBER', active: 'EMPLOYEESTATUS', givenName: 'FIRSTNAME', familyName: 'LASTNAME', jobTitle: 'JOBTITLE', email: 'WORKEMAIL', telephoneNumber: 'MOBILEPHONE', businessUnit: 'STORENAME', department: 'DEPARTMENTNAME' },
  ),
  headerSet(
    'SAP HCM, German, written out',
    `Personalnummer=idPadded; Anrede=salutation; Vorname=given; Nachname=family; Geburtsname=family; Personalbereich=company; Organisationseinheit=departmentCode; Organisationseinheit Bezeichnung=department; Planstelle=jobCode; Stellenbezeichnung=job; Kostenstelle=costCentre; Arbeitsort=site; E-Mail-Adresse dienstlich=mail; Telefon dienstlich=phone; Mobil privat=mobile; Eintritt=startedDe; Austritt=endedNl; Beschäftigungsstatus=activeDe; Korrespondenzsprache=language`,
    { externalId: 'Personalnummer', active: 'Beschäftigungsstatus', givenName: 'Vorname', familyName: 'Nachname', jobTitle: 'Stellenbezeichnung', email: 'E-Mail-Adresse dienstlich', telephoneNumber: ['Telefon dienstlich', 'Mobil privat'], preferredLanguage: 'Korrespondenzsprache', businessUnit: 'Arbeitsort', department: 'Organisationseinheit Bezeichnung' },
  ),
  headerSet(
    'a shop that invites by text message only',
    `Nr=id; Voornaam=given; Achternaam=family; GSM=mobile; Winkel=site; Actief=yesNo`,
    { externalId: 'Nr', active: 'Actief', givenName: 'Voornaam', familyName: 'Achternaam', telephoneNumber: 'GSM', businessUnit: 'Winkel' },
  ),
]; // prettier-ignore
