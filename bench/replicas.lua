-- wrk: small carrier selections, each proposed once. Arguments: the key, and a name that no other run of wrk has.
local count = 0
local key, name

function init(args)
  key, name = args[1], args[2]
end

function request()
  count = count + 1
  local id = name .. "-" .. count
  local now = os.time()
  local function ago(seconds)
    return os.date("!%Y-%m-%dT%H:%M:%SZ", now - seconds)
  end
  local body = '{"action":{"id":"' .. id .. '","type":"carrier.select","summary":"Book a carrier",'
    .. '"amount":{"value":"840.00","currency":"USD"},"confidence":0.97,"reversible":true,'
    .. '"attributes":{"carrier":"NORTHLINE","hazardous":false}},'
    .. '"agent":{"id":"logistics-bot","operator":"logistics-platform","onBehalfOf":"team:dispatch"},'
    .. '"subject":{"type":"shipment","id":"S-' .. id .. '"},'
    .. '"evidence":[{"name":"carrier.quote","source":"carrier-gateway","observedAt":"' .. ago(300)
    .. '","schema":"v1","lineage":["carrier-gateway"],"values":{"price":"840.00"}},'
    .. '{"name":"safety-hold.status","source":"safety-system","observedAt":"' .. ago(60)
    .. '","schema":"v1","lineage":["safety-system"],"values":{"held":"false"}}],'
    .. '"trace":{"id":"tr-' .. id .. '","goal":"ship on time"}}'
  return wrk.format("POST", "/v1/decisions",
    { ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json" }, body)
end
