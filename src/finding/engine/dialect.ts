/** Where languages differ in what the same tree means. */
export interface Dialect {
  /** A text and a number cannot be ordered: what was compared with a number is one. */
  readonly ordersStrictly: boolean
  /** `object.name` and `object['name']` are the same thing. */
  readonly membersAreItems: boolean
  /** A function changes the variables of the functions around it unless it declares its own. */
  readonly closuresAssign: boolean
  /** Every arithmetic operator but `+` gives a number. */
  readonly arithmeticIsNumeric: boolean
  /** A function that is handed to another is run where it is handed over, with what is known there. */
  readonly runsCallbacks: boolean
  /** The attribute under which an object holds its members. */
  readonly membersIn?: string
  readonly routes: Routes
}

/** What makes a function answer requests, by decorators, by its class, or (as functions in a cloud do) by its name and its parameter's. */
export interface Routes {
  /** Last names of decorators. */
  readonly decorator: RegExp
  /** Whether the decorator must be a method (`app.get`). */
  readonly ofObject: boolean
  /** Methods of classes whose bases have names like `base`. */
  readonly methods: ReadonlySet<string>
  readonly base: RegExp
  readonly handler?: { readonly name: RegExp; readonly parameter: RegExp }
}
