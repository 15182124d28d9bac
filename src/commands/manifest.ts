import {SflCommand} from '../cli/command.js'

/** kn asks every plugin for this when its context sharing is on; an answer, and a quick one, keeps kn going. */
export default class Manifest extends SflCommand {
  static override hidden = true
  static override summary = "Answer kn's question about shared context."
  static override examples = [{description: 'As kn asks', command: '<%= config.bin %> manifest'}]

  async run(): Promise<void> {
    await this.parse(Manifest)
    this.runtime.streams.out('{"hasManifest":true,"producesKeys":[],"consumesKeys":[]}\n')
  }
}
