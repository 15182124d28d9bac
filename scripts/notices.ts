// Writes dist/THIRD-PARTY-NOTICES.txt from dist/meta.json: the licences of all packages in the bundle that runs on Node.
import {readFileSync, writeFileSync} from 'node:fs'
import type {Metafile} from 'esbuild'
import {isRecord} from '../src/domain/core/read.js'
import {notices} from './package/notices.js'

const isMetafile = (value: unknown): value is Metafile =>
  isRecord(value) && isRecord(value['inputs']) && isRecord(value['outputs'])

const metafile: unknown = JSON.parse(readFileSync('dist/meta.json', 'utf8'))
if (!isMetafile(metafile)) throw new Error('dist/meta.json is not what the bundler writes')
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', notices(metafile, {bun: false}))
