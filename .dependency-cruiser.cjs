/** Who may import whom (docs/architecture.md): the rooms of src/, and what of each other they may know. */

/** A room may import itself, node modules and what is listed. `types`: rooms of which only types may be imported. */
function room(name, { may = [], types = [], because }) {
  const self = `^src/${name}/`;
  const files = (rooms) => rooms.map((path) => `^src/${path}`);
  const rules = [
    {
      name: `${name}-imports`,
      comment: because,
      severity: 'error',
      from: { path: self },
      to: { path: '^src/', pathNot: [self, ...files(may), ...files(types)] },
    },
  ];
  if (types.length > 0) {
    rules.push({
      name: `${name}-imports-types-only`,
      comment: `${because} Of these only types.`,
      severity: 'error',
      from: { path: self },
      to: { path: files(types), pathNot: [self, ...files(may)], dependencyTypesNot: ['type-only'] },
    });
  }
  return rules;
}

/** The pure rooms' words: small types and the functions that make them. */
const WORDS = ['sync/ids.ts', 'sync/group.ts', 'sync/person.ts', 'sync/change.ts', 'sync/guarded-kind.ts'];

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'production-without-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    ...room('sync', { because: 'The engine is pure: it knows only itself.' }),
    {
      name: 'sync-is-pure',
      comment: 'No files, network or clocks in the engine.',
      severity: 'error',
      from: { path: '^src/sync/' },
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(stream|stream/promises|crypto|buffer|util|string_decoder)$',
      },
    },
    ...room('onboarding', { may: ['sync/nearest.ts'], because: 'The onboarding is pure: it knows only itself.' }),
    {
      name: 'onboarding-is-pure',
      comment: 'No files, network or clocks in the onboarding.',
      severity: 'error',
      from: { path: '^src/onboarding/' },
      to: { dependencyTypes: ['core'] },
    },
    ...room('change-requests', {
      may: ['onboarding/', 'sync/guarded-kind.ts'],
      types: ['proposal/', 'sync/'],
      because: 'Change requests are pure: they know the words of the onboarding, and what a version says otherwise.',
    }),
    {
      name: 'change-requests-are-pure',
      comment: 'No files, network or clocks in change requests.',
      severity: 'error',
      from: { path: '^src/change-requests/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-calendar-knows-time-zones',
      comment: 'What workflow code imports must not reach luxon: calendar arithmetic is done in activities.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/onboarding/calendar/zones\\.ts$' },
      to: { path: '^node_modules/(@types/)?luxon/' },
    },
    {
      name: 'only-schedules-reach-the-calendar',
      comment: 'Workflows carry the words of a schedule and its clock; who makes one is an activity.',
      severity: 'error',
      from: { path: '^src/(onboarding|workflows|change-requests)/', pathNot: '^src/onboarding/(calendar|schedule)/' },
      to: {
        path: '^src/onboarding/(calendar|schedule)/',
        pathNot: '^src/onboarding/schedule/(types|clock)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'words-of-a-schedule-know-nothing',
      severity: 'error',
      from: { path: '^src/onboarding/schedule/(types|clock)\\.ts$' },
      to: {},
    },
    ...room('workflows', {
      types: ['activities/', 'sync/', 'onboarding/', 'release/'],
      may: ['onboarding/', 'change-requests/', 'release/types.ts', 'release/tolerance.ts', ...WORDS],
      because:
        'Workflows are deterministic: onboarding, change requests, release, and types of activities and of the engine.',
    }),
    {
      name: 'workflows-are-deterministic',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: {
        path: ['^node_modules/', '^node:', '^[a-z_/]+$'],
        pathNot: ['^src/', '^node_modules/@temporalio/(workflow|common)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    ...room('formats', {
      may: ['sync/records/errors.ts'],
      because: 'What opens a delivery knows bytes, and refuses in the words of the engine.',
    }),
    {
      name: 'formats-know-no-files',
      comment: 'No files, network or clocks: the caller hands over a stream and keys.',
      severity: 'error',
      from: { path: '^src/formats/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(stream|stream/web|zlib|path|buffer)$' },
    },
    {
      name: 'only-formats-unpack',
      comment: 'What comes from outside is unpacked and decrypted in one place, with its limits.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/formats/' },
      to: { path: '^node_modules/(@types/)?(openpgp|yauzl|saxes)/' },
    },
    ...room('sources', {
      types: ['sync/', 'network/', 'secrets/'],
      may: [...WORDS, 'sync/nearest.ts', 'formats/csv-line.ts'],
      because: 'A source is handed what it needs.',
    }),
    ...room('network', { types: ['sync/'], may: WORDS, because: 'A network is handed what it needs.' }),
    {
      name: 'adapter-and-sandbox-share-nothing',
      comment: 'Shared code would let one hide the mistakes of the other.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/', pathNot: '^src/sandbox/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-reads-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/sandbox/', '^src/stack/', '^src/cli/'] },
      to: { path: '^src/sandbox/' },
    },
    ...room('store', {
      types: ['sync/', 'network/', 'sources/', 'onboarding/', 'change-requests/', 'proposal/', 'release/'],
      // The list of rows that are known is filled from `record`.
      may: [...WORDS, 'sync/records/known-rows.ts'],
      because: 'The store keeps what the pure rooms make.',
    }),
    ...room('drop', { may: ['secrets/', ...WORDS], because: 'The drop is handed accounts and tells of uploads.' }),
    ...room('proposal', {
      may: ['sync/'],
      because: 'A proposal is made of files alone, with the words of the engine.',
    }),
    {
      name: 'proposal-is-pure',
      comment: 'No files, network or clocks: the caller hands over what was read.',
      severity: 'error',
      from: { path: '^src/proposal/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?buffer$' },
    },
    ...room('proof', {
      types: ['sync/', 'network/'],
      may: ['sync/expression/'],
      because:
        'The proof shares nothing with the engine but the expression language, or one would hide the mistakes of the other.',
    }),
    {
      name: 'proof-is-pure',
      comment: 'No files, network or clocks: the caller hands over what was read.',
      severity: 'error',
      from: { path: '^src/proof/' },
      to: { dependencyTypes: ['core'] },
    },
    ...room('anonymise', {
      types: ['sync/'],
      may: [
        ...WORDS,
        ...['sync/expression/', 'sync/values/phones.ts', 'sync/mapping/scope.ts', 'sync/mapping/value.ts'],
      ],
      because: 'Disguises know the language of the mapping, and nothing of how the engine decides.',
    }),
    {
      name: 'anonymise-is-pure',
      comment: 'No files, network or clocks: the caller hands over rows and a key.',
      severity: 'error',
      from: { path: '^src/anonymise/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    ...room('release', {
      may: ['onboarding/calendar/'],
      because: 'A release is pure: checklist, waves, tolerance, and hours by the calendar of the onboarding.',
    }),
    {
      name: 'release-is-pure',
      comment: 'No files, network or clocks: the caller hands over facts and people.',
      severity: 'error',
      from: { path: '^src/release/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    ...room('secrets', { because: 'Secrets know nobody.' }),
    ...room('report', {
      types: ['sync/', 'store/', 'onboarding/', 'proof/'],
      may: [
        ...WORDS,
        ...['sync/plan/words.ts', 'sync/words/', 'sync/effect/effect.ts', 'sync/nearest.ts'],
        ...['onboarding/calendar/', 'onboarding/schedule/types.ts'],
      ],
      because: 'A report is handed what it shows, and puts it into words.',
    }),
    {
      name: 'rooms-below-know-nobody-above',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(stack|cli)/', '^src/(worker|config)\\.ts$'] },
      to: { path: '^src/(stack|cli|worker\\.ts)' },
    },
    {
      name: 'only-the-adapter-knows-the-network',
      comment: 'Everyone else talks to the interface.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(network|connections|stack|cli)/', '^src/worker\\.ts$'] },
      to: { path: '^src/network/speakap/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/store/prisma/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
