-- R6, R12 to R15 and R17 for every category and missing field.
require("message_rules").test "season"
