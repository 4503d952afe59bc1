/** One mapping in which every feature of `docs/mapping.md` has its place, and shorter ones for what excludes each other. */
export const EVERYTHING = `
format: 1
externalId: Id
active: internal.status in ("Active", "Leave") and not(endsWith(externalId, "9"))
startDate: { column: Start, format: DD/MM/YYYY }
leaveDate: { column: End }
names:
  internal.status: Status
columns:
  givenName: { column: First, case: title }
  infix: { column: Infix, case: lower, write: onChange }
  familyName: { join: [{ column: Birth, case: upper }, Last], write: onChange }
  jobTitle: { column: Job, replace: { "Sr.": Senior, "Sr": S, "(temp)": "" }, lookup: { BK: Baker, CS: Cashier }, unknown: keep, write: once }
  email: { firstOf: [Mail, "{Id}@shop.example"], case: lower, default: nobody@shop.example }
  telephoneNumber: { column: Phone, phone: { column: Country, country: NL } }
  preferredLanguage: { column: Language, lookup: { Dutch: nl-NL, French: fr-BE }, default: nl-NL }
  upn: { template: "{First}.{Last}@login.example" }
groups:
  - businessUnit: { column: Store, separator: ",", lookup: { 0012: Amsterdam, 0013: Utrecht }, unknown: keep }
  - department: { column: Department }
    when: Department != "None"
  - localDepartment: { businessUnit: { column: Store, separator: ",", lookup: { 0012: Amsterdam }, unknown: none }, department: { column: Department } }
    when: exists(Department)
  - topic: { name: Managers }
    when: includes(Job, "Manager") and FTE > 0.5
  - topic: { template: "Team {Team}" }
  - topic: { column: Committees, separator: "|", lookup: { FA: First aid }, unknown: keep, default: No committee }
roles:
  - target: network
    role: admin
    when: Job == "CEO"
  - target: businessUnit
    role: admin
    when: includes(Job, "Manager")
  - target: businessUnit
    role: Planner
    group: { column: Home }
  - target: localDepartment
    role: admin
    group: { businessUnit: { name: Amsterdam }, department: { column: Department } }
    when: startsWith(Job, "Manager")
  - target: topic
    role: admin
    group: { name: first AID }
    when: Job == "BK"
  - target: network
    role: Editor
    when: Team == "Red" or externalId >= 7
invitations:
  - audience: sso
    when: Team == "Blue"
    userName: "{First}.{Id}"
  - audience: email
    when: exists(Mail)
  - audience: sms
  - audience: none
    when: Status == "Leave"
  - audience: letter
    userName: { column: Id, replace: { "0": "O" } }
exceptions:
  - externalIds: ["0002"]
    leaveAlone: true
  - when: Job == "Temp"
    notInNetwork: true
  - externalIds: ["0003", "0004"]
    addTo:
      - topic: { name: Crisis team }
      - localDepartment: { businessUnit: { name: Head office }, department: { column: Department } }
    notIn:
      - department: { name: Bakery }
    role: { target: topic, group: { name: Crisis team }, role: admin }
  - when: Team == "Quiet"
    noInvitation: true
    role: { target: network, role: Watcher }
  - when: FTE == 1
    role: { target: businessUnit, role: Guest }
options:
  mergeDuplicates: true
  allowEmptyName: true
  createMissingGroups: true
  allowWithoutBusinessUnit: true
  identityProvider: okta
  adoptByEmail: true
  allowXidChangeOnReactivation: true
guards:
  missing: { snapshots: 2, days: 1 }
`;

/** Who is missing leaves the groups first. */
export const IN_STEPS = EVERYTHING.replace(
  'snapshots: 2, days: 1',
  'snapshots: 2, days: 1, leaveGroups: { snapshots: 1 }',
);

/** The careful options, where much is refused. */
export const CAREFUL = EVERYTHING.replace(
  /mergeDuplicates: true[\s\S]*?allowWithoutBusinessUnit: true/,
  'mergeDuplicates: false',
)
  .replace('snapshots: 2, days: 1', 'snapshots: 1, days: 0')
  .replace(', default: No committee', '');
