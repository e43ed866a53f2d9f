// `react/jsx-runtime` where the project brings none: elements are plain data, and nothing can be rendered.
export const Fragment = Symbol.for('react.fragment')

export function jsx(type, props, key) {
  return { type, key: key === undefined ? null : `${key}`, props }
}

export { jsx as jsxs, jsx as jsxDEV }
