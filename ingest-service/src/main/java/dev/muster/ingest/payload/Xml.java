package dev.muster.ingest.payload;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML as maps and lists.
///
/// An element is a map: attributes as `@name`, child elements by their local name, always a list, in order,
/// and the text as `#text`, trimmed, absent when there is none. The document is a map with the root's name.
/// Declarations of namespaces, comments and processing instructions are left out.
///
/// Nothing is loaded and nothing is expanded: entities other than XML's own five are refused, and so is a
/// document type that declares anything itself. One that only names a DTD is passed over.
final class Xml {

    static final int MAX_DEPTH = 64;
    static final int MAX_NODES = 1_000_000;
    static final int MAX_TEXT = 5_000_000;

    private final XMLStreamReader reader;
    private int nodes;

    private Xml(XMLStreamReader reader) {
        this.reader = reader;
    }

    static Map<String, Object> read(byte[] bytes) throws UnreadablePayloadException {
        try {
            var reader = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
            try {
                return new Xml(reader).document();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException broken) {
            throw unreadable(broken);
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing is loaded from elsewhere");
        });
        return factory;
    }

    private static UnreadablePayloadException unreadable(XMLStreamException broken) {
        var at = broken.getLocation();
        var message = String.valueOf(broken.getMessage());
        var said = message.substring(message.lastIndexOf("Message: ") + 1).replaceFirst("^essage: ", "");
        return new UnreadablePayloadException("the XML cannot be read: " + said
                + (at == null ? "" : " (line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ")"));
    }

    private Map<String, Object> document() throws XMLStreamException, UnreadablePayloadException {
        Map<String, Object> document = Map.of();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> document = Map.of(reader.getLocalName(), List.of(element(1)));
                case XMLStreamConstants.DTD -> refuseDeclarations();
                default -> {
                    // comments, white space, processing instructions, the end
                }
            }
        }
        return document;
    }

    private void refuseDeclarations() throws UnreadablePayloadException {
        var text = String.valueOf(reader.getText());
        if (text.indexOf('[') >= 0 || text.indexOf(']') >= 0) {
            throw new UnreadablePayloadException("the document type declares something itself; remove it");
        }
    }

    private Map<String, Object> element(int depth) throws XMLStreamException, UnreadablePayloadException {
        count(1 + reader.getAttributeCount());
        if (depth > MAX_DEPTH) {
            throw new UnreadablePayloadException("elements are nested deeper than " + MAX_DEPTH);
        }
        var members = new LinkedHashMap<String, Object>();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            members.put("@" + attributeName(i), bounded(reader.getAttributeValue(i)));
        }
        var children = new LinkedHashMap<String, List<Object>>();
        var text = new StringBuilder();
        for (var next = reader.next(); next != XMLStreamConstants.END_ELEMENT; next = reader.next()) {
            switch (next) {
                case XMLStreamConstants.START_ELEMENT ->
                    children.computeIfAbsent(reader.getLocalName(), _ -> new ArrayList<>(1))
                            .add(element(depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    text.append(reader.getText());
                    bounded(text);
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new UnreadablePayloadException("the entity &" + reader.getLocalName() + "; is not known");
                default -> {
                    // comments and processing instructions
                }
            }
        }
        children.forEach((name, list) -> members.put(name, List.copyOf(list)));
        var trimmed = text.toString().strip();
        if (!trimmed.isEmpty()) {
            members.put("#text", trimmed);
        }
        return Fields.of(members);
    }

    private String attributeName(int i) {
        var prefix = reader.getAttributePrefix(i);
        return prefix == null || prefix.isEmpty()
                ? reader.getAttributeLocalName(i)
                : prefix + ":" + reader.getAttributeLocalName(i);
    }

    private void count(int more) throws UnreadablePayloadException {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new UnreadablePayloadException("more than " + MAX_NODES + " elements and attributes");
        }
    }

    private static <T extends CharSequence> T bounded(T text) throws UnreadablePayloadException {
        if (text.length() > MAX_TEXT) {
            throw new UnreadablePayloadException("a text has more than " + MAX_TEXT + " characters");
        }
        return text;
    }
}
