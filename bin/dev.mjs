#!/usr/bin/env node
// The program straight from its TypeScript sources, without a build.
import {register} from 'tsx/esm/api'

register()
const {start} = await import('../src/entry/start.ts')
await start()
