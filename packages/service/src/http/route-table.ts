/** All routes of a service, each with who may take it. */
import type { Admitted, Guard } from './access/guard.ts'
import { type Handler, type Route, route, type Step } from './route.ts'
import type { RouteDescription } from './route-description.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface RouteEntry {
  readonly method: Method
  /** As it is written, in one way only; `:name` stands for a part. */
  readonly path: string
  /** Everybody, or who shows a token with this scope. */
  readonly access: 'public' | { readonly scope: string }
  readonly handler: Handler
  /** Absent: of the pages that describe, and are not described. */
  readonly description?: RouteDescription
}

/** Routes of a service whose guard knows clients as `Client`. */
export interface RouteTable<Client> {
  /** A route that anybody may take. */
  publicly(method: Method, path: string, handler: Handler, description?: RouteDescription): RouteTable<Client>
  /** A route that only tokens with this scope may take; its steps go on from the guard's. */
  guarded(
    scope: string,
    method: Method,
    path: string,
    extend: (admitted: Route<Admitted<Client>>) => Handler,
    description?: RouteDescription,
  ): RouteTable<Client>
  readonly entries: readonly RouteEntry[]
}

/**
 * A table of no routes yet. What is in none is not served: there is no way to add a route without its access.
 *
 * @param before asked of who takes a guarded route, before the token is looked at
 */
export function createRoutes<Client = never>(
  guard: Guard<Client>,
  before: Step<unknown, void> = () => undefined,
): RouteTable<Client> {
  return extendTable(guard, before, [])
}

function extendTable<Client>(
  guard: Guard<Client>,
  before: Step<unknown, void>,
  entries: readonly RouteEntry[],
): RouteTable<Client> {
  const add = (entry: RouteEntry): RouteTable<Client> => extendTable(guard, before, [...entries, entry])
  return {
    publicly: (method, path, handler, description) =>
      add({ method, path, access: 'public', handler, ...describedBy(description) }),
    guarded: (scope, method, path, extend, description) =>
      add({
        method,
        path,
        access: { scope },
        handler: route()
          .assert(before)
          .answer(extend(guard.begin(scope))),
        ...describedBy(description),
      }),
    entries,
  }
}

function describedBy(description: RouteDescription | undefined): Pick<RouteEntry, 'description'> {
  return description === undefined ? {} : { description }
}
