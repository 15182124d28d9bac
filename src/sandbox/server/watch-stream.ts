import {type ServerResponse} from 'node:http'
import {type KubeObject} from '../../domain/core/object.js'
import {apiVersionOf} from '../kinds/kind.js'
import {type Sandbox} from '../sandbox.js'
import {type Seen, watch} from '../store/listing.js'
import {type Target} from '../store/request.js'
import {statusOf, warningHeader} from './answer.js'
import {type DoorFault} from './fault-injection.js'
import {type Asked, wantsTable} from './handle.js'
import {tableOf} from './table.js'
import {after, every} from '../../process/timer.js'

/** Bookmarks come about once a minute from a real server; here often enough to be met. */
const bookmarkMs = 5_000

/** Streams a watch, one JSON document a line, until the client leaves, its time is over, or a test cuts it. */
export const streamWatch = (
  sandbox: Sandbox,
  target: Target,
  asked: Asked,
  response: ServerResponse,
  cut: DoorFault['cutWatch'],
): void => {
  const {query, accept, user} = asked
  const table = wantsTable(accept)
  const initial = query.get('sendInitialEvents') === 'true'
  let sent = 0
  let headed = true
  let stop = () => {}
  let open = true

  const close = () => {
    open = false
    stop()
    bookmarks.cancel()
    end.cancel()
  }
  const shown = (object: KubeObject): unknown => {
    if (!table) return object
    const options = {
      includeObject: query.get('includeObject'),
      now: sandbox.api.options.now(),
      headed,
      metadata: {resourceVersion: object.metadata.resourceVersion},
    }
    headed = false
    return tableOf(target.kind, [object], options)
  }
  const write = (type: string, object: unknown) => {
    if (!open) return
    if (cut !== undefined && sent >= cut.after) {
      close()
      if (cut.reset) {
        response.write(JSON.stringify({type, object}).slice(0, 20))
        setImmediate(() => response.destroy())
      } else response.end()
      return
    }
    sent += 1
    response.write(`${JSON.stringify({type, object})}\n`)
  }
  const bookmark = (annotations?: Record<string, string>) =>
    write('BOOKMARK', {
      kind: target.kind.kind,
      apiVersion: apiVersionOf(target.kind, target.version),
      metadata: {
        resourceVersion: String(sandbox.api.objects.version),
        creationTimestamp: null,
        ...(annotations === undefined ? {} : {annotations}),
      },
    })

  sandbox.api.authorize(target, 'watch', user)
  const {warning} = target.kind
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
    ...(warning === undefined ? {} : {Warning: warningHeader(warning)}),
  })
  response.flushHeaders()
  const seconds = Number(query.get('timeoutSeconds') ?? 0)
  const background = {background: true}
  const bookmarks = every(
    bookmarkMs,
    () => {
      if (query.get('allowWatchBookmarks') === 'true' && !table) bookmark()
    },
    background,
  )
  const end = after(
    (seconds > 0 ? seconds : 1800) * 1000,
    () => {
      close()
      response.end()
    },
    background,
  )
  response.on('close', close)
  try {
    stop = watch(
      sandbox.api,
      target,
      {
        labelSelector: query.get('labelSelector') ?? undefined,
        fieldSelector: query.get('fieldSelector') ?? undefined,
        resourceVersion: initial ? undefined : (query.get('resourceVersion') ?? undefined),
      },
      user,
      ({type, object}: Seen) => write(type, shown(object)),
    )
    if (!open) stop()
    if (initial) bookmark({'k8s.io/initial-events-end': 'true'})
  } catch (error) {
    write('ERROR', statusOf(error))
    close()
    response.end()
  }
}
