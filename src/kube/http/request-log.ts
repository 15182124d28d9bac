import {STATUS_CODES, type IncomingHttpHeaders, type OutgoingHttpHeaders} from 'node:http'
import {maskBody, maskHeader, maskUrl} from './mask.js'

/** How much of a body level 8 shows (client-go transport/round_trippers.go cuts there, too). */
const SHOWN = 1024

/** One request as `-v 6` to `-v 9` tell of it. */
export interface RequestLog {
  sending(headers: OutgoingHttpHeaders, body: string | undefined): void
  answered(status: number, headers: IncomingHttpHeaders): void
  body(text: string): void
  failed(error: unknown): void
}

export interface LogTo {
  /** kubectl's `-v`: 6 prints one line a request, 7 headers, 8 cut bodies, 9 whole ones. Below 6 nothing. */
  verbosity: number
  log(line: string): void
  /** Milliseconds */
  now(): number
}

const SILENT: RequestLog = {sending: () => {}, answered: () => {}, body: () => {}, failed: () => {}}

/** The lines have the wording of kubectl's; credentials and the values of Secrets are masked at every level. */
export const requestLog = (to: LogTo, method: string, url: string): RequestLog => {
  const {verbosity, log, now} = to
  if (verbosity < 6) return SILENT
  const start = now()
  const context = {secret: /\/secrets(?:[/?]|$)/.test(url)}
  const shownUrl = maskUrl(url)
  const headers = (all: IncomingHttpHeaders | OutgoingHttpHeaders): void => {
    for (const [name, value] of Object.entries(all)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined) log(`    ${name}: ${maskHeader(name, String(one))}`)
      }
    }
  }
  const text = (title: string, body: string): void => {
    const shown = maskBody(body, context)
    const cut = verbosity < 9 && shown.length > SHOWN
    log(`${title}: ${cut ? `${shown.slice(0, SHOWN)} [truncated ${shown.length - SHOWN} chars]` : shown}`)
  }
  return {
    sending(sent, body) {
      if (verbosity < 7) return
      log(`${method} ${shownUrl}`)
      log('Request Headers:')
      headers(sent)
      if (verbosity >= 8 && body !== undefined) text('Request Body', body)
    },
    answered(status, received) {
      const result = `${status} ${STATUS_CODES[status] ?? ''} in ${Math.round(now() - start)} milliseconds`
      log(verbosity < 7 ? `${method} ${shownUrl} ${result}` : `Response Status: ${result}`)
      if (verbosity < 8) return
      log('Response Headers:')
      headers(received)
    },
    body(received) {
      if (verbosity >= 8) text('Response Body', received)
    },
    failed(error) {
      const why = error instanceof Error ? error.message : String(error)
      log(`${method} ${shownUrl} failed after ${Math.round(now() - start)} milliseconds: ${why}`)
    },
  }
}
