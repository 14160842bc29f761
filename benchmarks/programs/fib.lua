-- Calls: the naive Fibonacci number, three times.
local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

for _ = 1, 3 do assert(fib(28) == 317811) end
