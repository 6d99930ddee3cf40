-- What wrk asks for: each page of the site in its turn, as a browser would, and what it says at the end.
local paths, next_path = {}, 0

function init(arguments)
  for path in io.lines(arguments[1]) do
    table.insert(paths, path)
  end
end

function request()
  next_path = next_path % #paths + 1
  return wrk.format("GET", paths[next_path], {["Accept-Encoding"] = "gzip"})
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests": %d, "seconds": %.3f, "p50": %.3f, "p99": %.3f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
