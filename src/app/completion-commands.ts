import manifest from '../../oclif.manifest.json' with {type: 'json'}
import type {ManifestCommand} from '../completion/manifest.js'

/** The manifest as completion reads it; the build leaves out what only help shows (scripts/compact-manifest.js). */
export const commands = manifest.commands as unknown as Readonly<Record<string, ManifestCommand>>
