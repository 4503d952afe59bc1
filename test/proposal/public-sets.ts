import { headerSet, type HeaderSet } from './header-sets.js';

/** Headers as files and programs in public repositories have them; the rows are invented. */
export const PUBLIC_SETS: readonly HeaderSet[] = [
  headerSet(
    'a course on HR analytics',
    `Employee_Name=lastFirst; EmpID=id; MarriedID=number; MaritalStatusID=number; GenderID=number; EmpStatusID=number; DeptID=number; PerfScoreID=number; FromDiversityJobFairID=number; Salary=money; Termd=number; PositionID=number; Position=job; State=country; Zip=id; DOB=startedNl; Sex=gender; MaritalDesc=marital; CitizenDesc=marital; HispanicLatino=no; RaceDesc=odd; DateofHire=startedNl; DateofTermination=endedNl; TermReason=odd; EmploymentStatus=activeUs; Department=department; ManagerName=managerName; ManagerID=managerId; RecruitmentSource=odd; PerformanceScore=odd; EngagementSurvey=share; EmpSatisfaction=number; SpecialProjectsCount=number; LastPerformanceReview_Date=startedNl; DaysLateLast30=number; Absences=number`,
    { externalId: 'EmpID', active: 'EmploymentStatus', familyName: [null, 'Employee_Name'], jobTitle: 'Position', businessUnit: [null, 'State'], department: 'Department' },
  ),
  headerSet(
    'a larger course on HR analytics',
    `EmpID=id; FirstName=given; LastName=family; StartDate=started; ExitDate=ended; Title=job; Supervisor=managerName; ADEmail=mail; BusinessUnit=companyCode; EmployeeStatus=activeUs; EmployeeType=workerType; PayZone=odd; EmployeeClassificationType=workerType; TerminationType=odd; TerminationDescription=note; DepartmentType=department; Division=division; DOB=born; State=country; JobFunctionDescription=job; GenderCode=gender; LocationCode=siteCode; RaceDesc=odd; MaritalDesc=marital; Performance Score=odd; Current Employee Rating=number`,
    { externalId: 'EmpID', active: 'EmployeeStatus', givenName: 'FirstName', familyName: 'LastName', jobTitle: ['Title', 'JobFunctionDescription'], email: 'ADEmail', businessUnit: ['BusinessUnit', 'LocationCode'], department: ['DepartmentType', 'Division'] },
  ),
  headerSet(
    'a sample of a spreadsheet shop',
    `EEID=idLetters; Full Name=full; Job Title=job; Department=department; Business Unit=division; Gender=gender; Ethnicity=odd; Age=hours; Hire Date=started; Annual Salary=money; Bonus %=share; Country=country; City=city; Exit Date=ended`,
    { externalId: 'EEID', active: 'Exit Date', familyName: [null, 'Full Name'], jobTitle: 'Job Title', businessUnit: ['Business Unit', 'City'], department: 'Department' },
  ),
  headerSet(
    'the sample schema of a database',
    `EMPLOYEE_ID=id; FIRST_NAME=given; LAST_NAME=family; EMAIL=upperName; PHONE_NUMBER=phoneDots; HIRE_DATE=started; JOB_ID=jobCode; SALARY=money; COMMISSION_PCT=share; MANAGER_ID=managerId; DEPARTMENT_ID=departmentCode`,
    { externalId: 'EMPLOYEE_ID', givenName: 'FIRST_NAME', familyName: 'LAST_NAME', jobTitle: [null, 'JOB_ID'], telephoneNumber: 'PHONE_NUMBER', department: 'DEPARTMENT_ID' },
  ),
  headerSet(
    'a transformation demo',
    `EmpId=idLetters; FirstName=given; LastName=family; Email=mail; Phone=phoneUs; Department=department; JobTitle=job; Salary=money; SSN=secret; HomeAddress=street; StartDate=started; ManagerId=managerId`,
    { externalId: 'EmpId', givenName: 'FirstName', familyName: 'LastName', jobTitle: 'JobTitle', email: 'Email', telephoneNumber: 'Phone', department: 'Department' },
  ),
  headerSet(
    'a German temp agency',
    `Personalnummer=id; Nachname=family; Vorname=given; Geburtsdatum=born; IBAN=iban; Straße=street; PLZ=id; Ort=city; Mobil=mobile; E-Mail=mailOfSome; Beschäftigungsart=workerType; Eintritt=startedDe; Befristet bis=startedDe; Stundenlohn=money; Austritt=endedNl`,
    { externalId: 'Personalnummer', active: 'Austritt', givenName: 'Vorname', familyName: 'Nachname', email: 'E-Mail', telephoneNumber: 'Mobil', businessUnit: [null, 'Ort'] },
  ),
  headerSet(
    'a North African HR program',
    `Matricule=id; Nom=family; Prénom=given; Email=mail; Genre=gender; CIN=secret; CNSS=badge; Téléphone=phone; Téléphone Pro=mobile; Poste=job; Département=department; Type Contrat=workerType; Date Embauche=started; Salaire=money; Solde Congé=hours; Manager=managerName; RIB=iban`,
    { externalId: 'Matricule', givenName: 'Prénom', familyName: 'Nom', jobTitle: 'Poste', email: 'Email', telephoneNumber: ['Téléphone Pro', 'Téléphone'], department: 'Département' },
  ),
  headerSet(
    'an import template',
    `title=salutation; first_name=given; last_name=family; email=mail; phone=mobile; employee_id=idLetters; department=department; position=job; employment_type=workerType; employment_status=fullTime; work_location=site; work_type=odd; work_schedule=odd; hire_date=started; salary=money; role=level`,
    { externalId: 'employee_id', givenName: 'first_name', familyName: 'last_name', jobTitle: 'position', email: 'email', telephoneNumber: 'phone', businessUnit: 'work_location', department: 'department' },
  ),
  headerSet(
    'a Belgian list of shifts',
    `Datum=started; Personeelsnummer=id; Naam=full; Locatie=site; Start (Brussel)=started; Einde (Brussel)=started; Pauze (min)=hours; Bruto (min)=hours; Aangepast=yesNo; Nog bezig=yesNo`,
    { externalId: 'Personeelsnummer', familyName: [null, 'Naam'], businessUnit: 'Locatie' },
  ),
  headerSet(
    'a script for a directory',
    `FirstName=given; LastName=family; SamAccountName=userName; Department=department; Title=job`,
    { externalId: 'SamAccountName', givenName: 'FirstName', familyName: 'LastName', jobTitle: 'Title', department: 'Department' },
  ),
  headerSet(
    'a lab of access management',
    `employee_id=idLetters; first_name=given; last_name=family; email=mail; department=department; title=job; manager_email=managerMail; location=site; hire_date=started; employment_type=workerType; cost_center=costCentre; security_clearance=level`,
    { externalId: 'employee_id', givenName: 'first_name', familyName: 'last_name', jobTitle: 'title', email: 'email', businessUnit: 'location', department: 'department' },
  ),
  headerSet(
    'a French exercise',
    `id=id; nom=family; prenom=given; role=job; equipe=division; heures_travaillees=hours; taux_horaire=share; prime=money`,
    { externalId: 'id', givenName: 'prenom', familyName: 'nom', jobTitle: 'role', department: 'equipe' },
  ),
  headerSet(
    'a list of contacts of a company',
    `Name=full; Position=job; Email=mail; Department=department`,
    { externalId: [null, 'Email'], familyName: [null, 'Name'], jobTitle: 'Position', email: [null, 'Email'], department: 'Department' },
  ),
  headerSet(
    'a table of users',
    `username=userName; emailid=mail; empid=id; firstname=given; lastname=family; role=job; reportto=managerName; isotpenabled=yesNo; reporttoempid=managerId; joiningdate=started`,
    { externalId: 'empid', givenName: 'firstname', familyName: 'lastname', jobTitle: 'role', email: 'emailid' },
  ),
  headerSet(
    'a generator of test people',
    `Index=id; User Id=guid; First Name=given; Last Name=family; Sex=gender; Email=mail; Phone=phoneUs; Date of birth=born; Job Title=job`,
    { externalId: ['User Id', 'Index'], givenName: 'First Name', familyName: 'Last Name', jobTitle: 'Job Title', email: 'Email', telephoneNumber: 'Phone' },
  ),
]; // prettier-ignore
