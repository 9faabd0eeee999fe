local zones = require "zones"

describe("zones", function()
  it("knows names and aliases", function()
    expect(zones.offset "America/Chicago"):equals(-21600)
    expect(zones.offset "US/Central"):equals(-21600)
    expect(zones.offset "America/St_Johns"):equals(-12600)
    expect(zones.has_summer_time "Canada/Saskatchewan"):equals(false)
    expect(zones.has_summer_time "America/Vancouver"):is_true()
  end)

  it("says why it knows none", function()
    expect({ zones.offset "America/Chigaco" }):equals { nil, "has no zone 'America/Chigaco'; did you mean 'America/Chicago'?" }
    expect({ zones.offset(nil) }):equals { nil, "needs a zone, as 'America/Chicago'" }
    expect({ zones.offset "Europe/Paris" }):equals { nil, "has no zone 'Europe/Paris'" }
  end)
end)
