import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The elements of a document, as a real parser reads them; none when it isn't well-formed.
final class XMLText: NSObject, XMLParserDelegate {
    private(set) var elements: [String] = []

    init(_ text: String) {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        if !parser.parse() { elements = [] }
    }

    func parser(_: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?, attributes _: [String: String]) {
        elements.append(name)
    }
}
