-- wrk script: proposes the body in $BODY with a fresh {{run}} for each request. $RUN tells runs apart.
local file = assert(io.open(os.getenv("BODY")))
local body = file:read("*a")
file:close()
local run = os.getenv("RUN") or tostring(os.time())
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("KEY")
  count = 0
  -- Of one width, so that the request is formatted once.
  pattern = wrk.format(nil, nil, nil, (body:gsub("{{run}}", run .. number .. "@@@@@@@@@@")))
end

function request()
  count = count + 1
  return (pattern:gsub("@@@@@@@@@@", string.format("%010d", count)))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("@@ %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
