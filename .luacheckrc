-- Made by `make generate`: the names that the sandbox has, and those of tests.
std = "none"
max_line_length = 160
exclude_files = { "**/types/*.lua" }
read_globals = {
  "_VERSION", "assert", "coroutine", "error", "getmetatable", "ipairs", "load", "math", "next", "pairs",
  "pcall", "print", "quarantine", "rawequal", "rawget", "rawlen", "rawset", "require", "select", "setmetatable",
  "skip", "string", "table", "tonumber", "tostring", "type", "utf8", "xpcall",
}
files["**/tests/*_test.lua"] = { read_globals = { "describe", "expect", "given", "it", "maps", "property" } }
