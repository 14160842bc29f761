-- Fields, methods and metatables.
local Account = {}
Account.__index = Account

function Account.new(owner) return setmetatable({ owner = owner, balance = 0, count = 0 }, Account) end

function Account:deposit(amount)
  self.balance = self.balance + amount
  self.count = self.count + 1
end

local accounts = {}
for i = 1, 10 do accounts[i] = Account.new("owner" .. i) end
for i = 1, 1500000 do
  local account = accounts[i % 10 + 1]
  account:deposit(i & 7)
  account.last = account.owner
end
assert(accounts[1].count == 150000)
