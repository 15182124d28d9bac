// Prints how long this program takes as ratios to its peers, from one run against one server.
//
//   npm run bench                       against a server of our own making (the sandbox)
//   KUBECONFIG=… npm run bench -- --cluster    against the cluster of that kubeconfig (makes and deletes namespaces)
//
// This machine's executable is measured as well, if `npm run package -- --only host` has made it. `-- --only TEXT` runs
// the comparisons whose title contains the text.
import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {compare, gnuTime, onPath} from './bench/compare.js'
import {clear, fill} from './bench/fill.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const executable = (name) => `${root}package/${process.platform}-${process.arch}/${name}`
/** The program in its forms, as commands: the program itself, and kubectl's helper for completion. */
const forms = [
  ['Node', [process.execPath, `${root}bin/kubectl-sfl`], [process.execPath, `${root}bin/kubectl_complete-sfl`]],
  ...(existsSync(executable('kubectl-sfl'))
    ? [['standalone', [executable('kubectl-sfl')], [executable('kubectl-sfl'), '__complete']]]
    : []),
]
const many = 5000
const few = 20

if (!process.argv.includes('--cluster')) {
  const {status} = spawnSync(
    process.execPath,
    [
      ...[`${root}bin/kubectl-sfl`, 'sandbox', 'run', '--'],
      ...[process.execPath, fileURLToPath(import.meta.url), '--cluster', ...process.argv.slice(2)],
    ],
    {stdio: 'inherit'},
  )
  process.exit(status ?? 1)
}

const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '') : ''
const withKn = onPath('kn')
/** Comparisons by what they need: title, ours, theirs, pairs, exit codes of ours that are no failure. */
const withFew = (namespace) =>
  forms.flatMap(([form, sfl, complete]) => {
    const list = [...sfl, 'broker', 'list', '-n', namespace]
    return [
      [`${form}: --help to bare node -e 0`, [...sfl, '--help'], [process.execPath, '-e', '0'], 15],
      [
        `${form}: broker list (${few}) to kubectl get brokers`,
        list,
        ['kubectl', 'get', 'brokers', '-n', namespace],
        21,
      ],
      ...(withKn
        ? [[`${form}: broker list (${few}) to kn broker list`, list, ['kn', 'broker', 'list', '-n', namespace], 21]]
        : []),
      [
        `${form}: completion of a broker's name to kubectl get brokers -o name`,
        ['env', 'XDG_CACHE_HOME=/dev/null', ...complete, 'broker', 'describe', '-n', namespace, ''],
        ['kubectl', 'get', 'brokers', '-o', 'name', '-n', namespace],
        15,
      ],
      [
        `${form}: broker describe to kubectl describe broker`,
        [...sfl, 'broker', 'describe', 'broker-0000', '-n', namespace],
        ['kubectl', 'describe', 'broker', 'broker-0000', '-n', namespace],
        9,
      ],
    ]
  })
const withMany = (namespace) =>
  forms.flatMap(([form, sfl]) => {
    const list = [...sfl, 'broker', 'list', '-n', namespace]
    return [
      [
        `${form}: broker list (${many}) to kubectl get brokers`,
        list,
        ['kubectl', 'get', 'brokers', '-n', namespace],
        7,
      ],
      ...(withKn
        ? [[`${form}: broker list (${many}) to kn broker list`, list, ['kn', 'broker', 'list', '-n', namespace], 5]]
        : []),
    ]
  })
const withWhole = () =>
  forms.flatMap(([form, sfl]) => {
    const theirs = ['kubectl', 'get', 'brokers,triggers', '-A']
    return [
      [`${form}: check -A (1000 brokers, 5000 triggers) to kubectl get`, [...sfl, 'check', '-A'], theirs, 5, [0, 5]],
      [`${form}: status -A (1000 brokers, 5000 triggers) to kubectl get`, [...sfl, 'status', '-A'], theirs, 5],
    ]
  })

/** Makes the objects, runs the comparisons, deletes the objects. */
const measure = async (namespaces, counts, comparisons) => {
  const wanted = comparisons.filter(([title]) => title.includes(only))
  if (wanted.length === 0) return
  try {
    await fill(namespaces, counts)
    for (const comparison of wanted) await compare(...comparison)
  } finally {
    clear(namespaces)
  }
}

// Names of their own for every run: a cluster may take its time with deleting a namespace.
const name = (what) => `sfl-bench-${what}-${process.pid}`
await measure([name(few)], {brokers: few}, withFew(name(few)))
const ten = Array.from({length: 10}, (_, index) => name(`whole-${index}`))
await measure(ten, {brokers: 100, triggers: 500}, withWhole())
await measure([name(many)], {brokers: many}, withMany(name(many)))
if (!gnuTime) console.log('peak memory was not measured: GNU time is not installed')
