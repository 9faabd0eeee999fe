return {
  sms = function(touch)
    return "At " .. touch.repair_order.mileage // 1000 .. ",000 miles your " .. touch.item.name .. " of " .. touch.visit_day .. ". Reply to book."
  end,
}
