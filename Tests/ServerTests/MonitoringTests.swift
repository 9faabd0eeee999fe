import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Metrics
import Testing

@testable import Server

/// What a monitor asks, and what the log keeps.
@Suite struct MonitoringTests {
    @Test("the process says that it lives, and whether it can work")
    func health() async throws {
        let fixture = try await Fixture()
        try await fixture.application().test(.router) { client async throws in
            #expect(try await client.get("/healthz").status == .ok)
            #expect(try await client.get("/readyz").text == "ready\n")
        }
        try await fixture.application(readiness: .notReady(reason: "the disk is full")).test(.router) { client async throws in
            let response = try await client.get("/readyz")
            #expect(response.status == .serviceUnavailable && response.text.contains("the disk is full"))
        }
    }

    @Test("a request is logged and counted by its route, without token, address or secret")
    func log() async throws {
        let fixture = try await Fixture()
        try await fixture.application().test(.router) { client async throws in
            _ = try await client.get("/visit/\(Fixture.token)?x=\(Fixture.token)")
            _ = try await client.post("/u/\(Fixture.token)", "List-Unsubscribe=One-Click")
            _ = try await client.post("/hooks/mail/a-long-and-secret-word", "automatic")
            _ = try await client.execute(uri: "/a", method: HTTPRequest.Method("PROPFIND")!)
            let metrics = try await client.get("/metrics")
            #expect(metrics.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.text.contains("http_requests_total{method=\"GET\",route=\"/**\",status=\"200\"} 1"), "\(metrics.text)")
            #expect(metrics.text.contains("method=\"other\""))
            #expect(metrics.text.contains("http_request_duration_seconds_count"))
            #expect(!metrics.text.contains(Fixture.token) && !metrics.text.contains("a-long-and"))
        }
        let lines = fixture.log.lines.filter { $0.contains("info request") }
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.contains("hb.request.id") && $0.contains("duration_us") && $0.contains("status") })
        let all = fixture.log.lines.joined(separator: "\n")
        #expect(!all.contains(Fixture.token) && !all.contains("a-long-and") && !all.contains("3125550142"))
    }

    @Test("metrics with a secret are for those who know it")
    func secret() async throws {
        let fixture = try await Fixture()
        try await fixture.application(WebSettings(metricsSecret: "open sesame")).test(.router) { client async throws in
            #expect(try await client.get("/metrics").status == .forbidden)
            #expect(try await client.get("/metrics", [.authorization: "Bearer open sesame"]).status == .ok)
        }
    }

    @Test("Prometheus's own parser reads every kind of metric, odd labels and colliding names")
    func exposition() async throws {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "touches sent", dimensions: [("channel", "sms")]).increment(by: 3)
        registry.makeCounter(label: "touches sent", dimensions: [("channel", "sms")]).increment(by: 4)
        registry.makeCounter(label: "touches_sent", dimensions: []).increment(by: 1)
        let odd = "a\"b\\c\nd\\n é,}{"
        registry.makeCounter(label: "odd", dimensions: [("le", odd), ("1st", "x"), ("a-b", "1"), ("a_b", "2"), ("__name__", "y")]).increment(by: 1)
        registry.makeFloatingPointCounter(label: "fraction", dimensions: []).increment(by: 1.5)
        registry.makeMeter(label: "depth", dimensions: []).set(2.25)
        registry.makeMeter(label: "endless", dimensions: []).set(Double.infinity)
        registry.makeRecorder(label: "depth", dimensions: [("kind", "last")], aggregate: false).record(Int64(7))
        let sizes = registry.makeRecorder(label: "size", dimensions: [("q", "a")], aggregate: true)
        for size in [1.0, 3, 1_000_000] { sizes.record(size) }
        let timer = registry.makeTimer(label: "turn", dimensions: [])
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(700_000_000_000)
        registry.makeMeter(label: "size_count", dimensions: []).set(Int64(9))

        let samples = try await PrometheusReader.samples(of: registry.exposition())
        func value(_ name: String, _ labels: [String: String] = [:]) -> Double? { samples.first { $0.name == name && $0.labels == labels }?.value }
        #expect(value("touches_sent_total", ["channel": "sms"]) == 7)
        #expect(value("touches_sent_2_total") == 1)
        #expect(value("odd_total", ["le_": odd, "_1st": "x", "a_b": "1", "x__name__": "y"]) == 1)
        #expect(value("fraction_total") == 1.5)
        #expect(value("depth") == 2.25)
        #expect(value("endless") == .infinity)
        #expect(value("depth", ["kind": "last"]) == 7)
        #expect(value("size_bucket", ["q": "a", "le": "2"]) == 1)
        #expect(value("size_bucket", ["q": "a", "le": "+Inf"]) == 3)
        #expect(value("size_sum", ["q": "a"]) == 1_000_004)
        #expect(value("size_count_2") == 9)
        #expect(value("turn_seconds_bucket", ["le": "0.0025"]) == 1)
        #expect(value("turn_seconds_bucket", ["le": "60"]) == 1)
        #expect(value("turn_seconds_count") == 2)
        #expect(value("turn_seconds_sum") == 700.002)
    }

    @Test("series have a limit, after which they are counted together; a destroyed one is gone")
    func seriesLimit() {
        let registry = PrometheusRegistry()
        for number in 0..<PrometheusRegistry.seriesMost + 50 { registry.makeCounter(label: "c", dimensions: [("n", "\(number)")]).increment(by: 1) }
        let text = registry.exposition()
        #expect(text.contains("c_total{overflow=\"true\"} 50\n"))
        #expect(text.split(separator: "\n").count == PrometheusRegistry.seriesMost + 2)
        let counter = Counter(label: "gone", dimensions: [], factory: registry)
        counter.increment()
        #expect(registry.exposition().contains("gone_total 1"))
        counter.destroy()
        #expect(!registry.exposition().contains("gone"))
    }
}
