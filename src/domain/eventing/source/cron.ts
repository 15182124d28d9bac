/**
 * What github.com/robfig/cron/v3 says against a schedule of five fields (`ParseStandard`), in its words; `undefined` when
 * it takes the text.
 */
export const cronFault = (schedule: string, timezone = ''): string | undefined => {
  if (timezone !== '' && !isTimezone(timezone))
    return `provided bad location ${timezone}: unknown time zone ${timezone}`
  if (schedule === '') return timezone === '' ? 'empty spec string' : fieldsFault('')
  if (schedule.startsWith('@')) {
    if (descriptors.includes(schedule) || /^@every (\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(schedule)) return undefined
    return `unrecognized descriptor: ${schedule}`
  }
  return fieldsFault(schedule)
}

const descriptors = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

const isTimezone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', {timeZone: name})
    return true
  } catch {
    return name === 'Local'
  }
}

interface Bounds {
  min: number
  max: number
  names: readonly string[]
}

const bounds: readonly Bounds[] = [
  {min: 0, max: 59, names: []},
  {min: 0, max: 23, names: []},
  {min: 1, max: 31, names: []},
  {min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']},
  {min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']},
]

const fieldsFault = (schedule: string): string | undefined => {
  const fields = schedule.split(/\s+/).filter((field) => field !== '')
  if (fields.length !== bounds.length)
    return `expected exactly ${bounds.length} fields, found ${fields.length}: [${fields.join(' ')}]`
  for (const [index, field] of fields.entries())
    for (const range of field.split(',').filter((part) => part !== '')) {
      const fault = rangeFault(range, bounds[index]!)
      if (fault !== undefined) return fault
    }
  return undefined
}

const numberIn = (text: string, {min, names}: Bounds): number | string => {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + min
  if (!/^[+-]?\d+$/.test(text))
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`
  return Number(text) < 0 ? `negative number (${Number(text)}) not allowed: ${text}` : Number(text)
}

const rangeFault = (range: string, field: Bounds): string | undefined => {
  const [span = '', step, ...slashes] = range.split('/')
  const [low = '', high, ...hyphens] = span.split('-')
  const any = low === '*' || low === '?'
  const start = any ? field.min : numberIn(low, field)
  if (typeof start === 'string') return start
  if (!any && hyphens.length > 0) return `too many hyphens: ${range}`
  const last = any ? field.max : high === undefined ? start : numberIn(high, field)
  if (typeof last === 'string') return last
  const every = step === undefined ? 1 : numberIn(step, {...field, names: []})
  if (typeof every === 'string') return every
  if (slashes.length > 0) return `too many slashes: ${range}`
  const end = step !== undefined && high === undefined && !any ? field.max : last
  if (start < field.min) return `beginning of range (${start}) below minimum (${field.min}): ${range}`
  if (end > field.max) return `end of range (${end}) above maximum (${field.max}): ${range}`
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`
  return every === 0 ? `step of range should be a positive number: ${range}` : undefined
}
