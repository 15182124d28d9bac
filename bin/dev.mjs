#!/usr/bin/env node
// The program straight from its TypeScript sources, without a build.
import {fileURLToPath} from 'node:url'
import {register} from 'tsx/esm/api'

register()
const {start} = await import('../src/entry/start.ts')
await start(fileURLToPath(new URL('..', import.meta.url)))
