import {handleOf, refOf, type KubeObject} from '../domain/core/object.js'
import {printable} from '../domain/core/printable.js'
import {textAt} from '../domain/core/read.js'
import type {ObjectFormat} from './format.js'
import {formatJson, jsonListWriter, withoutManagedFields} from './json.js'

/** Makes the text of objects page by page. */
export interface ObjectWriter {
  page(objects: readonly KubeObject[]): string
  end(): string
}

export interface ObjectWriterOptions {
  /** True: the objects are printed as one List, also when there is none; false: each as itself. */
  list: boolean
  showManagedFields: boolean
  /** False with `--no-headers`, which custom columns obey. */
  headers?: boolean
}

const each = (format: (object: KubeObject) => string): ObjectWriter => ({
  page: (objects) => objects.map(format).join(''),
  end: () => '',
})

/** A format that needs to know all objects before it can print the first. */
const whole = (format: (objects: readonly KubeObject[]) => string): ObjectWriter => {
  const all: KubeObject[] = []
  return {
    page(objects) {
      for (const object of objects) all.push(object)
      return ''
    },
    end: () => format(all),
  }
}

const asList = (items: readonly KubeObject[]): unknown => ({
  apiVersion: 'v1',
  items,
  kind: 'List',
  metadata: {resourceVersion: ''},
})

/** Separates YAML documents. */
const documents = (format: (value: unknown) => string): ObjectWriter => {
  let separator = ''
  return each((object) => {
    const text = separator + format(object)
    separator = '---\n'
    return text
  })
}

const writerOf = async (format: ObjectFormat, {list, headers = true}: ObjectWriterOptions): Promise<ObjectWriter> => {
  switch (format.name) {
    case 'json':
      return list ? jsonListWriter() : each((object) => `${formatJson(object)}\n`)
    case 'yaml': {
      const {formatYaml, yamlListWriter} = await import('./yaml.js')
      return list ? yamlListWriter() : documents(formatYaml)
    }
    case 'name':
      return each((object) => `${printable(handleOf(refOf(object)))}\n`)
    case 'url':
      return each((object) => `${printable(textAt(object, 'status', 'address', 'url') ?? '')}\n`)
    case 'jsonpath':
      return list ? whole((all) => format.template.text(asList(all))) : each(format.template.text)
    case 'jsonpath-as-json':
      return list ? whole((all) => format.template.json(asList(all))) : each(format.template.json)
    case 'custom-columns': {
      const {formatTable, tableWriter} = await import('./table.js')
      const {columns} = format
      if (!list) return tableWriter(columns, {headers})
      // kubectl prints the headers of an empty list as well.
      const bare = columns.map(({header}) => ({header: '', cell: () => header}))
      return whole((all) =>
        all.length === 0 && headers
          ? formatTable(bare, [undefined], {headers: false})
          : formatTable(columns, all, {headers}),
      )
    }
  }
}

/**
 * Prints objects for machines, as kubectl would: `managedFields` are removed unless asked for. json, yaml and name are
 * written as pages arrive; jsonpath and custom columns wait for the last. Every text but jsonpath's ends with a line end.
 * With `list: false`, several YAML objects are separated by `---`.
 */
export const objectWriter = async (format: ObjectFormat, options: ObjectWriterOptions): Promise<ObjectWriter> => {
  const writer = await writerOf(format, options)
  if (options.showManagedFields) return writer
  return {
    page: (objects) => writer.page(objects.map(withoutManagedFields)),
    end: () => writer.end(),
  }
}
