// What transformed programs call to apply decorators: TypeScript's own (`experimentalDecorators`), and as much of the standard ones
// as can be done after a class is made. What cannot is absent, and so unknown, rather than wrong.
const { defineProperty, getOwnPropertyDescriptor } = Object

/** `babelHelpers` of the transform, in the kind of decorators that a file uses. */
export function helpersFor(decorators, absence) {
  const decorate = decorators === 'standard' ? standard(absence) : legacy
  return { decorate, decorateParam, decorateMetadata }
}

function legacy(decorators, target, key, described) {
  const isClass = key === undefined
  let result = isClass ? target : described === null ? getOwnPropertyDescriptor(target, key) : described
  for (const decorator of decorators.toReversed()) {
    result = (isClass ? decorator(result) : decorator(target, key, result)) || result
  }
  if (!isClass && result) defineProperty(target, key, result)
  return result
}

const decorateParam = (index, decorator) => (target, key) => decorator(target, key, index)

function decorateMetadata(key, value) {
  return typeof Reflect.metadata === 'function' ? Reflect.metadata(key, value) : () => {}
}

function standard(absence) {
  const addInitializer = () => {
    throw absence('initializers of decorators')
  }
  return (decorators, target, key, described) => {
    if (key === undefined) {
      const context = { kind: 'class', name: target.name, addInitializer, metadata: undefined }
      return applyAll(decorators, target, context)
    }
    // A field's decorator would replace its initial value, which is already part of the constructor.
    if (described !== null) throw absence('decorators of fields')
    const descriptor = getOwnPropertyDescriptor(target, key)
    const isStatic = typeof target === 'function'
    const context = (kind) => ({ kind, name: key, static: isStatic, private: false, access: accessTo(key), addInitializer, metadata: undefined })
    for (const [part, kind] of [['value', 'method'], ['get', 'getter'], ['set', 'setter']]) {
      if (typeof descriptor[part] === 'function') descriptor[part] = applyAll(decorators, descriptor[part], context(kind))
    }
    return defineProperty(target, key, descriptor)
  }
}

function applyAll(decorators, value, context) {
  let result = value
  for (const decorator of decorators.toReversed()) result = decorator(result, context) ?? result
  return result
}

const accessTo = (key) => ({ has: (object) => key in object, get: (object) => object[key], set: (object, value) => void (object[key] = value) })
