/**
 * Who may import whom. Each rule says what it protects and what to do instead; the rooms are described in
 * docs/architecture.md.
 */
const room = (name) => `^src/${name}/`
const others = (...allowed) => `^src/(?!${allowed.join('|')})`

/** A room may import itself, these rooms, and nothing else of the project. */
const mayImport = (name, allowed, comment) => ({
  name: `${name.replace('/', '-')}-imports`,
  severity: 'error',
  comment,
  from: { path: room(name) },
  to: {
    path: others(`${name}/`, 'errors\\.ts$', 'error-codes\\.ts$', 'group\\.ts$', 'shell\\.ts$', ...allowed),
  },
})

/** Only these files may import a package, so that it can be replaced or faked in one place. */
const oneDoor = (name, target, door, comment) => ({
  name: `one-door-${name}`,
  severity: 'error',
  comment,
  from: { path: '^(src|bin)/', pathNot: door },
  to: { path: target },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'A cycle makes two modules one that nobody can read alone. Move what both need below them: a type that two modules need as well.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'sites-never-import-sites',
      severity: 'error',
      comment:
        'A site must be understood, added and taken away by itself. What two sites share is a fact about a part of the channel: put it beside their folders.',
      from: { path: '^src/sites/(python|typescript)/' },
      to: { path: '^src/sites/(python|typescript)/' },
    },
    {
      name: 'commands-never-import-commands',
      severity: 'error',
      comment:
        'Each command of the engine must be understood by itself. What two of them share is beside their folders: put it into src/engine.',
      from: { path: '^src/engine/(add|change|remove|check|list)/' },
      to: { path: '^src/engine/(add|change|remove|check|list)/', pathNot: '^src/engine/$1/' },
    },
    {
      name: 'no-graveyard',
      severity: 'error',
      comment: 'Such a name says nothing about what is inside. Name the module after the thing it knows.',
      from: {},
      to: { path: '^src/.*(utils?|helpers?|common|misc|manager)(/|\\.ts$)' },
    },
    mayImport(
      'spec',
      ['workspace/conflict\\.ts$'],
      'What a user asked for must be checkable without any repository. Pass facts of one in, or check them in engine.',
    ),
    mayImport(
      'settings',
      ['spec/'],
      'What a team decided once for all runs: files that are checked by themselves. What they do to findings is the engine.',
    ),
    mayImport(
      'cache',
      [],
      'Loaded before anything else, at every start. It knows bytes and a folder, and nothing of what is kept.',
    ),
    mayImport(
      'start',
      ['cache/', 'cli/main\\.ts$'],
      'Loaded before anything else: it has no room for more than how chunks are loaded. Of the program it knows the type.',
    ),
    mayImport(
      'workspace',
      [],
      'Reading, splicing and writing know bytes, not events. Decide in engine, write here.',
    ),
    mayImport(
      'lang/python',
      ['workspace/', 'lang/[^/]+\\.ts$'],
      'lang knows grammar, not events: no spec, no site. Give it plain text and positions.',
    ),
    mayImport(
      'lang/typescript',
      ['workspace/', 'lang/[^/]+\\.ts$'],
      'lang knows grammar, not events: no spec, no site. Give it plain text and positions.',
    ),
    mayImport(
      'channel/typescript',
      ['values/typescript/', 'lang/', 'workspace/'],
      'What code says of a store, a switch, a client or a hook: a query of trees, without a repository.',
    ),
    mayImport(
      'layout',
      ['channel/typescript/', 'values/typescript/', 'lang/', 'workspace/', 'spec/'],
      'Discovery says which file plays which part; what stands in it is a survey of sites.',
    ),
    mayImport(
      'payload',
      ['lang/', 'layout/style\\.ts$', 'spec/'],
      'What a field and a payload are in each language, whoever shows them.',
    ),
    mayImport(
      'values',
      ['payload/', 'lang/', 'layout/', 'workspace/', 'spec/'],
      'What an expression is, followed through names, calls and files. That it is a payload is the channel.',
    ),
    mayImport(
      'values/typescript',
      ['lang/', 'workspace/'],
      'What an expression of TypeScript is. It follows names by what it is given to open files, since discovery asks it too.',
    ),
    mayImport(
      'channel',
      ['values/', 'payload/', 'lang/', 'layout/', 'workspace/', 'spec/'],
      'What a part of a channel is and how it is read. Which events stand in it is a survey of sites.',
    ),
    mayImport(
      'sites',
      ['channel/', 'values/', 'payload/', 'lang/', 'layout/', 'workspace/', 'spec/'],
      'A site reads and renders. It neither plans nor reports: that is engine and report.',
    ),
    mayImport(
      'ledger',
      ['sites/', 'channel/', 'values/', 'payload/', 'lang/', 'layout/', 'workspace/', 'spec/'],
      'The ledger says which event stands at which site; nothing rendered, nothing decided. What follows from it is a fact.',
    ),
    mayImport(
      'facts',
      ['ledger/', 'sites/', 'channel/', 'values/', 'payload/', 'lang/', 'layout/', 'workspace/', 'spec/'],
      'Facts say what is so; whether that is drift, and in which words, is a rule.',
    ),
    mayImport(
      'rules',
      ['facts/', 'sites/site\\.ts$', 'spec/', 'settings/severity\\.ts$'],
      'A rule is a condition and its words; it reads no file and knows no parser. If it needs a fact, put it into src/facts.',
    ),
    {
      name: 'rules-are-given-facts',
      severity: 'error',
      comment:
        'A rule is shown a row and its channel, and reads nothing by itself. Import the type; what a rule asks is a property of Row or ChannelFacts.',
      from: { path: room('rules') },
      to: { path: '^src/(facts|sites)/', dependencyTypesNot: ['type-only'] },
    },
    mayImport(
      'engine',
      [
        'rules/',
        'facts/',
        'ledger/',
        'sites/',
        'channel/',
        'values/',
        'payload/',
        'lang/',
        'layout/',
        'workspace/',
        'settings/',
        'spec/',
      ],
      'The engine is pure: facts in, plan out. Words and exit codes are made in cli and report.',
    ),
    mayImport(
      'report',
      ['engine/', 'rules/(finding|rule)\\.ts$', 'sites/site\\.ts$', 'settings/', 'spec/'],
      'A report is a function from a result to a string. If it needs a fact, put the fact into the result.',
    ),
    oneDoor(
      'fs',
      '^(node:)?fs(/promises)?$',
      '^src/(workspace/(disk|assets|terminal)\\.ts$|cache/|start/code\\.ts$)',
      'Every call to the file system can be made to fail in a test, because it goes through workspace/disk.ts. Use Disk; files of the package come from workspace/assets.ts, and what a run leaves for the next is in src/cache.',
    ),
    oneDoor(
      'ts-morph',
      'node_modules/ts-morph/',
      '^src/lang/typescript/parser/',
      'No object of the compiler outlives the parser. Read the tree, which is plain data (lang/tree.ts).',
    ),
    oneDoor(
      'tree-sitter',
      'node_modules/web-tree-sitter/',
      '^src/lang/python/(parse|grammar)\\.ts$',
      'No object of the parser outlives it. Read the tree, which is plain data (lang/tree.ts).',
    ),
    oneDoor(
      'handlebars',
      'node_modules/handlebars/',
      '^src/sites/render\\.ts$',
      'Templates get values that are printed already; one renderer makes sure of it.',
    ),
    oneDoor(
      'commander',
      'node_modules/commander/',
      '^src/cli/program\\.ts$',
      'The command table is in one place, so that help and docs come from it.',
    ),
    oneDoor(
      'prompts',
      'node_modules/prompts/',
      '^src/cli/wizard/ask\\.ts$',
      'prompts hangs without a terminal and forgets that it was cancelled: only the wizard knows how to ask.',
    ),
    oneDoor(
      'chalk',
      'node_modules/chalk/',
      '^src/report/',
      'Colour is a part of the report; everything below it is plain text.',
    ),
    oneDoor(
      'zod',
      'node_modules/zod/',
      '^src/(spec|settings|report)/',
      'Shapes from outside are checked at the edge: spec files in spec, config and baseline in settings, our own JSON in report.',
    ),
    oneDoor(
      'diff',
      'node_modules/diff/',
      '^src/workspace/diff\\.ts$',
      'One diff, so that the dry run and the real run cannot differ.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
