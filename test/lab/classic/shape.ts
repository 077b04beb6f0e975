/**
 * Which fields an answer has, and of which types: `string`, `number`, `boolean`, null where nothing is known, a list with
 * what all its elements have in common, an object. `?` behind a field: not everyone has it. `*` for all fields: they are
 * names of something.
 */
export type Shape = null | string | readonly Shape[] | Fields

interface Fields {
  readonly [field: string]: Shape
}

/** Objects whose fields are names of networks, ports, labels and the like. */
const maps = new Set(
  'Containers Options Labels Attributes Networks Ports PortBindings ExposedPorts Data Volumes DriverOpts'.split(' '),
)

/** @param path the field that holds the value, and the one that holds that */
export function shapeOf(value: unknown, [key = '', parent = '']: readonly string[] = []): Shape {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) {
    const all = value.map((each) => shapeOf(each, ['', key])).reduce<Shape>(merge, null)
    return all === null ? [] : [all]
  }
  if (typeof value !== 'object') return typeof value
  if (maps.has(key) || (key === 'Config' && parent === 'LogConfig'))
    return {
      '*': Object.values(value)
        .map((each) => shapeOf(each, ['', key]))
        .reduce<Shape>(merge, null),
    }
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, shapeOf(each, [field, key])]))
}

const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape)
const isObject = (shape: Shape): shape is Fields => shape !== null && typeof shape === 'object' && !isList(shape)

/** What two shapes have in common. */
export function merge(a: Shape, b: Shape): Shape {
  if (a === null) return b
  if (b === null) return a
  if (isList(a) && isList(b)) {
    const both = merge(a[0] ?? null, b[0] ?? null)
    return both === null ? [] : [both]
  }
  if (!isObject(a) || !isObject(b)) return a
  const left = fieldsOf(a)
  const right = fieldsOf(b)
  return Object.fromEntries(
    [...new Set([...left.keys(), ...right.keys()])].map((name) => {
      const [one, other] = [left.get(name), right.get(name)]
      const isOptional = name !== '*' && (one?.isOptional !== false || other?.isOptional !== false)
      return [`${name}${isOptional ? '?' : ''}`, merge(one?.shape ?? null, other?.shape ?? null)]
    }),
  )
}

interface Field {
  readonly shape: Shape
  readonly isOptional: boolean
}

/** An object's fields by their names. */
export function fieldsOf(shape: Fields): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(shape).map(([field, each]) => [
      field.replace(/\?$/, ''),
      { shape: each, isOptional: field.endsWith('?') },
    ]),
  )
}

/** Where an answer is not as it was recorded; empty where it is. */
export function differences(actual: Shape, expected: Shape, at = ''): readonly string[] {
  if (actual === null || expected === null) return []
  if (isList(actual) && isList(expected))
    return actual.length === 0 || expected.length === 0 ? [] : differences(actual[0]!, expected[0]!, `${at}[]`)
  if (!isObject(actual) || !isObject(expected))
    return typeof actual === typeof expected &&
      isList(actual) === isList(expected) &&
      (typeof actual !== 'string' || actual === expected)
      ? []
      : [`${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`]
  const [is, was] = [fieldsOf(actual), fieldsOf(expected)]
  const missing = [...was].filter(([name, { isOptional }]) => !isOptional && name !== '*' && !is.has(name))
  const added = [...is.keys()].filter((name) => !was.has(name))
  return [
    ...missing.map(([name]) => `${at}.${name}: missing`),
    ...added.map((name) => `${at}.${name}: was not there`),
    ...[...is].flatMap(([name, { shape }]) => differences(shape, was.get(name)?.shape ?? null, `${at}.${name}`)),
  ]
}

/**
 * What comes out of a Go program that reads JSON into a structure of its own and writes that: fields that the structure
 * lacks are lost, and those that were not sent are zero.
 */
export function cast(value: unknown, shape: Shape): unknown {
  if (shape === null) return value ?? null
  if (typeof shape === 'string') return typeof value === shape ? value : zero(shape)
  if (isList(shape)) {
    if (!Array.isArray(value)) return null
    const [element] = shape
    return element === undefined ? value : value.map((each: unknown) => cast(each, element))
  }
  const given = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  const any = shape['*']
  if (any !== undefined)
    return Object.fromEntries(Object.entries(given ?? {}).map(([key, each]) => [key, cast(each, any)]))
  return Object.fromEntries(
    [...fieldsOf(shape)].flatMap(([name, field]) =>
      field.isOptional && isZero(given?.[name]) ? [] : [[name, cast(given?.[name], field.shape)]],
    ),
  )
}

const zero = (type: string): unknown => (type === 'number' ? 0 : type === 'boolean' ? false : '')
const isZero = (value: unknown): boolean => value === undefined || value === null || value === '' || value === 0
