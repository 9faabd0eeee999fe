-- Gives busted what the sandbox gives tests, from the same standard library.
local here = debug.getinfo(1, "S").source:match "^@(.*)/[^/]*$" or "."
package.path = here .. "/shop/?.lua;" .. here .. "/../../stdlib/?.lua;" .. package.path
function skip(reason) return setmetatable({ reason }, { __name = "skip" }) end
function quarantine(reason) return setmetatable({ reason }, { __name = "quarantine" }) end
package.loaded.say = nil   -- busted has a module of that name, which it holds on to by now
expect = require("testing").expect
given = require("testing").given
