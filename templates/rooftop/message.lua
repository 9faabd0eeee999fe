-- What customers read. A function gets one touch and returns its words; nil means "take the standard wording".
-- See each message with: revisit preview scripts/mystore          What a touch has: docs/reference/hooks.md
local say = require "say"

return {
  -- A text message. touch.kind is "reminder" (day 3), "condition" (day 10), "final" (day 30) or "season" (day 60).
  sms = function(touch)
    if touch.kind == "reminder" then
      -- {words} are filled in from the touch; [a|b] takes the first part whose words are all known, so that nobody reads a gap.
      return say.fill("[Hi {first_name}, |Hello, ]{rooftop} here. When your [{model}|vehicle] was in on {visit_day}"
        .. "[ we measured {condition}, and] {items} stayed open. Reply with any question, or pick a time: {booking_link}", touch)
    end
  end,

  -- An e-mail is { subject = "…", text = "…" }; talking points of a call are a text. Both have a standard wording.
}
