import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'

export const onPath = (name) =>
  (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(`${folder}/${name}`))

export const gnuTime = existsSync('/usr/bin/time')

/** One run: wall milliseconds, and peak KiB where GNU time is installed. Rejects at an exit code that is not among `fine`. */
const once = (command, fine) =>
  new Promise((resolve, reject) => {
    const [program, ...args] = gnuTime ? ['/usr/bin/time', '-f', '%M', ...command] : command
    const start = process.hrtime.bigint()
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe']})
    let errors = ''
    child.stdout.resume()
    child.stderr.on('data', (chunk) => (errors += chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      const wall = Number(process.hrtime.bigint() - start) / 1e6
      if (!fine.includes(code)) return reject(new Error(`${command.join(' ')} ended with ${code}: ${errors}`))
      resolve({wall, peak: gnuTime ? Number(errors.trim().split('\n').at(-1)) : Number.NaN})
    })
  })

// Node and Bun read and parse such a file at every start (80 ms for a whole system's certificates), Go's programs never.
delete process.env.NODE_EXTRA_CA_CERTS

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** Runs A and B in turn and prints the median of the pairwise ratios. `fine`: the exit codes of A that are no failure. */
export const compare = async (title, a, b, runs, fine = [0]) => {
  await once(a, fine)
  await once(b, [0])
  const pairs = []
  for (let run = 0; run < runs; run++) pairs.push([await once(a, fine), await once(b, [0])])
  const ratio = (field) => median(pairs.map(([x, y]) => x[field] / y[field])).toFixed(2)
  const peak = Math.max(...pairs.map(([x]) => x.peak)) / 1024
  const memory = gnuTime ? `, peak memory ${ratio('peak')} (${peak.toFixed(0)} MiB)` : ''
  const walls = [0, 1].map((at) => median(pairs.map((pair) => pair[at].wall)).toFixed(0)).join(' and ')
  console.log(`${title.padEnd(72)} wall ${ratio('wall')}${memory}   (${runs} pairs, medians ${walls} ms)`)
}
