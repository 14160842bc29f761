local function inner(t)
    return t.field
end
print("before")
inner(nil)
