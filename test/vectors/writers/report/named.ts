/** Cases and what each of them is. */

export type Named<T> = readonly (readonly [is: string, value: T])[]
