import {expect, test} from 'vitest'
import {hasKubectl, theatre} from './support/stage.js'

const {stage} = theatre()

test.skipIf(!hasKubectl)('a line that makes the server warn of a deprecated kind fails its scenario', async () => {
  const scene = await stage()
  await expect(scene.prepare('kubectl get endpoints')).rejects.toThrow(
    'kubectl get endpoints uses what the server wants to be rid of: Warning: v1 Endpoints is deprecated in v1.33+',
  )
})
