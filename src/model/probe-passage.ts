/** Texts that every model for code has seen the like of, about thirty tokens each. A change here is a new version of the probe. */
export const passages = {
  ordered: 'def total(numbers):\n    result = 0\n    for number in numbers:\n        result += number\n    return result\n',
  /** The same words, in another order. */
  shuffled: 'result += total(numbers):\n        number in\n    return number    for result\n    numbers: = 0\n    def result\n',
  stem: 'def read_lines(path):\n    with open(path) as file:\n        return [line',
  branches: ['.strip() for line in file]\n', '.split(",") for line in file if line]\n'],
  /** What nobody expects in a program; more follows, so that no list ends at it. */
  surprise: ' zebra return\n',
  opening: 'def is_even(number):\n    return',
} as const
