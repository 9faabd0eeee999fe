return {
  sms = function(touch)
    if touch.item.condition and touch.repair_order.mileage > 50000 then
      return nil
    end
    if touch.repair_order.mileage < 50000 then
      return nil
    end
  end,
}
