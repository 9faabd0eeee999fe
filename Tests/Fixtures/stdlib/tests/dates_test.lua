local dates = require "dates"

-- Each text and the day it is; false for none, since a table can't hold nil.
local function reads(form, cases)
  for text, day in pairs(cases) do
    expect({ form, text, dates.parse(text, form) or false }):equals { form, text, day }
  end
end

describe("dates.parse", function()
  it("reads each form", function()
    reads("MM/DD/YYYY", { ["03/03/2026"] = "2026-03-03", ["2/3/2026"] = "2026-02-03", ["12/31/1999"] = "1999-12-31" })
    reads("MM/DD/YY", { ["03/03/26"] = "2026-03-03", ["3/3/69"] = "2069-03-03", ["3/3/70"] = "1970-03-03" })
    reads("YYYY-MM-DD", { ["2026-02-28"] = "2026-02-28" })
    reads("YYYYMMDD", { ["20260312"] = "2026-03-12" })
    reads("MMDDYY", { ["031226"] = "2026-03-12" })
    reads("DDMMMYY", { ["02FEB26"] = "2026-02-02", ["2feb26"] = "2026-02-02" })
    reads("DD-MMM-YY", { ["12-MAR-26"] = "2026-03-12" })
    reads("YYYYDDD", { ["2026071"] = "2026-03-12", ["2024366"] = "2024-12-31", ["2026001"] = "2026-01-01" })
    reads("excel", { ["46093"] = "2026-03-12", ["46093.75"] = "2026-03-12" })
  end)

  it("gives nil for what is no day", function()
    reads("MM/DD/YYYY", { ["02/30/2026"] = false, ["13/01/2026"] = false, ["00/10/2026"] = false, [""] = false, ["0"] = false })
    reads("MM/DD/YYYY", { ["02/29/2025"] = false, ["02/29/2024"] = "2024-02-29", ["02/29/1900"] = false, ["02/29/2000"] = "2000-02-29" })
    reads("DDMMMYY", { ["02FEV26"] = false, ["31APR26"] = false, ["2026-02-02"] = false })
    reads("YYYYDDD", { ["2026366"] = false, ["2026000"] = false, ["202671"] = false })
    reads("excel", { ["0"] = false, ["-46093"] = false, ["4609"] = false, ["46093x"] = false })
  end)

  it("refuses a form that isn't there, at the script's line", function()
    expect(function() dates.parse("x", "DD.MM.YYYY") end):errors "dates_test.lua"
  end)
end)

describe("dates.any", function()
  it("takes the first form that fits", function()
    local forms = { "MM/DD/YYYY", "excel", "MMDDYY" }
    expect(dates.any("2/3/2026", forms)):equals "2026-02-03"
    expect(dates.any("46059", forms)):equals "2026-02-06"
    expect(dates.any("020926", forms)):equals "2026-02-09"
    expect(dates.any("soon", forms)):is_nil()
  end)
end)

describe("counting days", function()
  it("crosses months, years and leap days", function()
    expect(dates.add_days("2026-02-27", 3)):equals "2026-03-02"
    expect(dates.add_days("2024-02-27", 3)):equals "2024-03-01"
    expect(dates.add_days("2026-01-01", -1)):equals "2025-12-31"
    expect(dates.days_between("2024-02-28", "2024-03-01")):equals(2)
    expect(dates.days_between("2026-03-03", "2026-02-03")):equals(-28)
  end)

  it("comes back to where it began, over 400 years", function()
    for count = 0, 146097, 97 do
      local day = dates.add_days("1970-01-01", count)
      expect(dates.days_between("1970-01-01", day)):equals(count)
    end
  end)
end)

describe("days in words", function()
  it("names the weekday and the month", function()
    expect(dates.words "2026-03-03"):equals "Tuesday, March 3"
    expect(dates.weekday "1970-01-01"):equals "Thursday"
    expect(dates.weekday "2000-02-29"):equals "Tuesday"
  end)
end)
