// Runs the built program as bin/kubectl-sfl does and keeps V8's code cache of what it used. The build calls it with the
// commands that are typed most; each run adds to what the ones before have left.
const {writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {launch, readCodeCache} = require('../dist/launch.js')

const folder = join(__dirname, '../dist')
const record = (scripts) => {
  const path = join(folder, 'code-cache.bin')
  const caches = new Map([
    ...readCodeCache(path),
    ...[...scripts].map(([name, script]) => [name, script.createCachedData()]),
  ])
  let end = 0
  const index = [...caches].map(([name, data]) => [name, end, (end += data.length)])
  const head = Buffer.from(JSON.stringify(index))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  writeFileSync(path, Buffer.concat([length, head, ...caches.values()]))
}

launch(folder, 'kubectl-sfl', {record})
